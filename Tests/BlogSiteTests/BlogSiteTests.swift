// BlogSiteTests
