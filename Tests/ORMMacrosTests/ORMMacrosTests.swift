// ORMMacrosTests
