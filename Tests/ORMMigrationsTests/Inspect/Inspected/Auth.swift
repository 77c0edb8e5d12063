// auth_user.id is declared AUTOINCREMENT, which a model cannot say
// auth_user_groups.id is declared AUTOINCREMENT, which a model cannot say
// auth_user_groups.user_id has a foreign key that is DEFERRABLE, which a model cannot say

import FoundationEssentials
import ORM

@Model("auth_group")
struct AuthGroup {
    @PrimaryKey var id: Int
    @Column(.max(150), .unique) var name: String
    @HasMany(\AuthUserGroup.group) var authUserGroups: Many<AuthUserGroup>
    @ManyToMany(through: AuthUserGroup.self, \.group, \.user) var authUser: Many<AuthUser>
}

@Model("auth_user")
struct AuthUser {
    @PrimaryKey var id: Int
    @Column(.max(128)) var password: String
    var lastLogin: Date?
    var isSuperuser: Bool
    @Column(.max(150), .unique) var username: String
    var balance: Int
    var score: Double = -1.5
    @HasMany(\AuthUserGroup.user) var authUserGroups: Many<AuthUserGroup>
    @ManyToMany(through: AuthUserGroup.self, \.user, \.group) var authGroup: Many<AuthGroup>
}

@Model("auth_user_groups")
struct AuthUserGroup {
    @PrimaryKey var id: Int
    @ForeignKey(onDelete: .noAction) var user: One<AuthUser>
    @ForeignKey(onDelete: .noAction) var group: One<AuthGroup>

    static var options: Options<AuthUserGroup> {
        .init(
            indexes: [
                .on(\.group).named("auth_user_groups_group_id_97559544"),
                .on(\.user).named("auth_user_groups_user_id_6a12ed8b"),
                .unique(\.user, \.group).named("auth_user_groups_user_id_group_id_94350c0c_uniq"),
            ])
    }
}
