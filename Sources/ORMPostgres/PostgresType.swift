#if Postgres
    import CPostgres
    import ORM

    /// The numbers of PostgreSQL's own types, which never change. <https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat>
    enum PostgresType {
        static let bool: Oid = 16
        static let bytea: Oid = 17
        static let int8: Oid = 20
        static let int2: Oid = 21
        static let int4: Oid = 23
        static let oid: Oid = 26
        static let json: Oid = 114
        static let float4: Oid = 700
        static let float8: Oid = 701
        static let date: Oid = 1082
        static let time: Oid = 1083
        static let timestamp: Oid = 1114
        static let timestamptz: Oid = 1184
        static let numeric: Oid = 1700
        static let uuid: Oid = 2950
        static let jsonb: Oid = 3802

        /// Left to the server, which finds it from where the placeholder stands.
        static let open: Oid = 0

        /// The types whose binary form is their text: name, text, json, xml, unknown, char(n), varchar(n), and what users and extensions
        /// define, which from this number on are mostly enums and citext.
        static func isText(_ type: Oid) -> Bool {
            switch type {
            case 18, 19, 25, json, 142, 705, 1042, 1043, 16384...: true
            default: false
            }
        }

        /// The type as which a value is bound. A text's is left open, because dates, times and JSON are bound as texts too.
        static func of(_ value: SQLValue) -> Oid {
            switch value {
            case .null, .text, .invalid: open
            case .int: int8
            case .double: float8
            case .decimal: numeric
            case .bool: bool
            case .bytes: bytea
            case .date: timestamptz
            case .uuid: uuid
            }
        }
    }

    /// PostgreSQL counts time from 2000-01-01.
    enum PostgresEpoch {
        /// 2000-01-01T00:00:00Z in microseconds since 1970.
        static let microseconds: Int64 = 946_684_800_000_000
    }
#endif
