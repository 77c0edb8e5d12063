// ORMSQLite
