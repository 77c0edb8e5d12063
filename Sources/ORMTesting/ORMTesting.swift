// ORMTesting
