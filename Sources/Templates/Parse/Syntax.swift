/// The tree that the parser makes and the compiler takes apart.
struct Expression {
    indirect enum Kind {
        case constant(Value)
        case name(String)
        case list([Expression])
        case tuple([Expression])
        case dictionary([(key: Expression, value: Expression)])
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
        case unary(UnaryOperator, Expression)
        case binary(BinaryOperator, Expression, Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Expression, [(ComparisonOperator, Expression)])
        case concatenate([Expression])
        case conditional(condition: Expression, then: Expression, otherwise: Expression?)
        case filter(Expression, name: String, Arguments)
        case test(Expression, name: String, Arguments)
        case call(Expression, Arguments)
        /// The output of statements, as markup: `filter` blocks and `set` blocks.
        case capture([Statement])
    }

    let kind: Kind
    let offset: Int
    /// Expressions inside of each other, this one counted.
    let depth: Int

    init(kind: Kind, offset: Int) {
        self.kind = kind
        self.offset = offset
        depth = 1 + (kind.parts.map(\.depth).max() ?? 0)
    }
}

extension Expression.Kind {
    /// The expressions that this one is made of.
    fileprivate var parts: [Expression] {
        switch self {
        case .constant, .name, .capture: []
        case .list(let items), .tuple(let items), .concatenate(let items): items
        case .dictionary(let pairs): pairs.flatMap { [$0.key, $0.value] }
        case .attribute(let owner, _): [owner]
        case .item(let owner, let key): [owner, key]
        case .slice(let owner, let start, let stop, let step): [owner] + [start, stop, step].compactMap { $0 }
        case .unary(_, let operand): [operand]
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right): [left, right]
        case .compare(let first, let rest): [first] + rest.map { $0.1 }
        case .conditional(let condition, let then, let otherwise): [condition, then] + [otherwise].compactMap { $0 }
        case .filter(let input, _, let arguments), .test(let input, _, let arguments), .call(let input, let arguments):
            [input] + arguments.positional + arguments.named.map(\.value)
        }
    }
}

enum UnaryOperator { case not, negative, positive }

enum BinaryOperator { case add, subtract, multiply, divide, floorDivide, modulo, power }

enum ComparisonOperator { case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn }

/// What stands between the parentheses of a call.
struct Arguments {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []

    var isEmpty: Bool { positional.isEmpty && named.isEmpty }
}

/// Left side of `set`, `for` and `with`.
indirect enum AssignmentTarget {
    case name(String, offset: Int)
    case tuple([AssignmentTarget])
    case namespace(String, attribute: String, offset: Int)
}

struct Statement {
    indirect enum Kind {
        case text(Range<Int>)
        case output(Expression)
        case conditional([(condition: Expression, body: [Statement])], otherwise: [Statement])
        case loop(Loop)
        case set(AssignmentTarget, Expression)
        case with([(target: AssignmentTarget, value: Expression)], [Statement])
        case block(Block)
        case extends(String)
        case include(String)
        case macro(Macro)
        case importAll(String, alias: String)
        case importNames(String, [(name: String, alias: String, offset: Int)])
        /// The macro's name is "caller"; the expression is a call.
        case call(Expression, Macro)
    }

    let kind: Kind
    let offset: Int
}

struct Loop {
    let target: AssignmentTarget
    let sequence: Expression
    let filter: Expression?
    /// Whether the body reads `loop`, or has a scoped block, which may.
    let mentionsLoop: Bool
    let body: [Statement]
    let otherwise: [Statement]
}

struct Block {
    let name: String
    /// Of its tag.
    let offset: Int
    let isScoped: Bool
    let isRequired: Bool
    let body: [Statement]
}

struct Macro {
    let name: String
    let parameters: [(name: String, defaultValue: Expression?)]
    let body: [Statement]
}
