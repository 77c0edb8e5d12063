print("blog-bench")
