// BlogImport
