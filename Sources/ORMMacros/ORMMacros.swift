// ORMMacros
