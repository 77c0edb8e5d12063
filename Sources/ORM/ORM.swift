// ORM
