import FoundationEssentials
import ORM

enum OrderStatus: String, ColumnEnum {
    case open, paid, shipped
}

@Model("customers")
struct Customer {
    @PrimaryKey var id: Int
    @Column(.max(100), .unique) var email: String
    @Timestamp(.created) var createdAt: Date

    @HasMany(\Order.customer) var orders: Many<Order>
}

@Model("orders")
struct Order {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .restrict) var customer: One<Customer>
    @Column(.decimal(10, 2)) var total: Decimal
    var status: OrderStatus = OrderStatus.open
    @Timestamp(.created) var createdAt: Date

    static var options: Options<Order> {
        .init(
            order: [.desc(\.createdAt)],
            indexes: [.on(\.status, \.createdAt).where { $0.status != .shipped }],
            checks: [.check("total") { $0.total >= 0 }])
    }
}
