import ArgumentParser
import BlogBench

@main
enum Main {
    static func main() {
        BenchCommand.main()
    }
}
