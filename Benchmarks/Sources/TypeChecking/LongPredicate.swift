import FoundationEssentials
import ORM

@Model("authors")
struct Author {
    @PrimaryKey var id: Int
    var name: String
    var isActive: Bool
    @HasMany(\Article.author) var articles: Many<Article>
}

@Model("articles")
struct Article {
    @PrimaryKey var id: Int
    var title: String
    var summary: String?
    var published: Bool
    var viewCount: Int
    var createdAt: Date
    @ForeignKey(onDelete: .cascade) var author: One<Author>
    @HasMany(\Remark.article) var remarks: Many<Remark>
}

@Model("remarks")
struct Remark {
    @PrimaryKey var id: Int
    var content: String
    var isSpam: Bool
    @ForeignKey(onDelete: .cascade) var article: One<Article>
    @ForeignKey(onDelete: .cascade) var author: One<Author>
}

/// Twelve terms, subqueries among them: what the compiler must type-check at once.
func longCondition(since: Date, word: String) -> Query<Article> {
    Article.filter {
        $0.published && $0.viewCount > 100 && $0.createdAt >= since && $0.title.icontains(word)
            && ($0.summary == nil || !$0.title.hasPrefix("Draft")) && $0.author.isActive && $0.author.name != "nobody"
            && $0.remarks.count > 3 && $0.remarks.any { $0.author.isActive && $0.content.contains(word) }
            && $0.remarks.none { $0.isSpam } && $0.author.articles.filter { $0.published }.count >= 2
            && (10...500 ~= $0.viewCount || $0.author.id == 1)
    }
}
