// BlogImportTests
