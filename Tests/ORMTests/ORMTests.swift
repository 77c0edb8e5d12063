// ORMTests
