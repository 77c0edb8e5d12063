// BlogSite
