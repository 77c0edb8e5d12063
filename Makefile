# make run: see the blog. make test: run the tests. Both install what they need. make help: the rest.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
SCRATCH ?= .build

# The servers that build, install and deb can talk to: make install WITH="Postgres MySQL". Without, none of their libraries is needed.
WITH ?=
comma = ,
TRAITS = $(if $(strip $(WITH)),--traits $(subst $(eval) ,$(comma),$(strip $(WITH))))

PACKAGES = libsqlite3-dev libcmark-dev libcrypt-dev libxml2-dev zlib1g-dev pkg-config \
	$(if $(filter Postgres,$(WITH)),libpq-dev) $(if $(filter MySQL,$(WITH)),libmariadb-dev)

# A target may import only what its dependencies bring. Test and lint share these flags and one folder, so that they compile everything
# once; run has a folder of its own, because with the servers' drivers every object is another.
BUILD = --scratch-path $(SCRATCH)$(if $(strip $(WITH)),-servers) --explicit-target-dependency-import-check error $(TRAITS)
RELEASE = --scratch-path $(SCRATCH) --configuration release --static-swift-stdlib $(TRAITS)

# What is checked is everything.
test tsan lint: WITH = Postgres MySQL

# Packages of their own; their .build folders hold other people's sources.
NESTED = $(wildcard Benchmarks/Package.swift Benchmarks/Sources \
	Benchmarks/Templates/Package.swift Benchmarks/Templates/Sources/template-bench \
	Fuzzing/Markdown/Package.swift Fuzzing/Markdown/Sources/Fuzz* \
	Fuzzing/Templates/Package.swift Fuzzing/Templates/Sources/template-fuzz)

BLOG = $$($(SWIFT) build $(BUILD) --show-bin-path)/blog
RELEASE_BIN = $$($(SWIFT) build $(RELEASE) --show-bin-path)

# What is used from many threads, in a folder of its own, because every object is another with the sanitizer. A race is a
# failure. Not the metrics of templates: on Linux the sanitizer does not see the library's Mutex, and takes each contended one for a race.
TSAN = --scratch-path $(SCRATCH)-tsan --sanitize=thread -Xswiftc -DTHREAD_SANITIZER --disable-xctest $(TRAITS)

.PHONY: help deps build run test check-web tsan lint bench bench-site bench-orm bench-postgres bench-mariadb bench-templates fuzz-markdown fuzz-templates install deb clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## Install the C libraries, when they are missing (Debian, Ubuntu)
	@Scripts/install-dependencies $(PACKAGES)

run: deps ## Build the program and, with it, the blog in this folder
	$(SWIFT) build $(BUILD) --product blog
	$(BLOG) import
	$(BLOG) build
	$(BLOG) stats
	@echo "The blog is in output/. To read it: $$($(SWIFT) build $(BUILD) --show-bin-path)/blog serve"

# Built by `build`, as lint does: `test` by itself compiles most of it once more.
test: ## Run all tests
	@Scripts/install-dependencies $(PACKAGES) postgresql mariadb-server python3-venv nodejs
	Scripts/jinja-oracle --check
	Scripts/check-search
	$(SWIFT) build $(BUILD) --build-tests --disable-xctest
	$(SWIFT) test $(BUILD) --disable-xctest --skip-build --skip '^BlogCLITests\.'
	$(SWIFT) test $(BUILD) --disable-xctest --skip-build --filter '^BlogCLITests\.'

check-web: deps ## Show the pages to vnu, axe-core in Chromium, feedparser and schemas (CHECKS="vnu axe" for some of them)
	@Scripts/install-dependencies $(PACKAGES) python3-venv default-jre-headless chromium chromium-driver brotli curl
	$(SWIFT) build $(BUILD) --product blog
	$(SWIFT) build $(BUILD) --product blog-bench
	Scripts/check-web "$$($(SWIFT) build $(BUILD) --show-bin-path)" $(CHECKS)

tsan: deps ## Run the tests of the ORM, its drivers and of concurrent rendering under the thread sanitizer
	@Scripts/install-dependencies $(PACKAGES) postgresql mariadb-server
	$(SWIFT) build $(TSAN) --build-tests
	TSAN_OPTIONS=halt_on_error=0:exitcode=66 $(SWIFT) test $(TSAN) --skip-build --filter '^ORM(SQLite|Postgres|MySQL)?Tests\.|^TemplatesTests\.ConcurrencyTests'

lint: deps ## Check format, warnings and imports
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Examples $(NESTED)
	Scripts/check-arrows
	Scripts/check-arrows Benchmarks
	$(SWIFT) build $(BUILD) --build-tests --disable-xctest
	BIN="$$($(SWIFT) build $(BUILD) --show-bin-path)" Scripts/check-expressions

build: deps ## Build the program for release
	$(SWIFT) build $(RELEASE) --product blog

bench: bench-site bench-orm bench-templates ## Measure all of the following

bench-site: build ## Measure import, build and regenerate of 10,000 generated posts (POSTS=, COMMENTS=, LINES=, SEED=)
	@Scripts/install-dependencies $(PACKAGES) time
	$(SWIFT) build $(RELEASE) --product blog-bench
	@Scripts/bench "$(RELEASE_BIN)"

bench-orm: deps ## Measure the ORM against C, GRDB and tortoise-orm, whose packages it downloads (ORM_POSTS=, ROUNDS=)
	@Scripts/install-dependencies $(PACKAGES) gcc libc6-dev python3 python3-venv
	@Scripts/bench-orm

bench-postgres: ## Measure the ORM on PostgreSQL against C on libpq, COPY and pgbench (ORM_POSTS=, ROUNDS=)
	@Scripts/install-dependencies $(PACKAGES) libpq-dev postgresql gcc libc6-dev python3
	@Scripts/bench-postgres

bench-mariadb: ## Measure the ORM on MariaDB against C on libmariadb (ORM_POSTS=, ROUNDS=)
	@Scripts/install-dependencies $(PACKAGES) libpq-dev libmariadb-dev mariadb-server gcc libc6-dev python3
	@Scripts/bench-mariadb

bench-templates: ## Measure the template engine against a hand-written writer and other engines
	@Scripts/install-dependencies $(PACKAGES) python3-venv
	@Scripts/bench-templates

fuzz-markdown: deps ## Feed Markdown and the cleaner of HTML with what libFuzzer makes up, for ten minutes each (SECONDS=)
	@Scripts/fuzz-markdown $(SECONDS)

fuzz-templates: deps ## Feed the template engine with what libFuzzer makes up, for ten minutes (SECONDS=)
	@Scripts/fuzz-templates $(SECONDS)

install: build ## Install program, man page and completions to PREFIX (/usr/local), below DESTDIR
	@Scripts/install "$(RELEASE_BIN)/blog" "$(DESTDIR)" "$(PREFIX)"

deb: build ## Make a Debian package in this folder
	@Scripts/install-dependencies dpkg-dev binutils
	@Scripts/make-deb "$(RELEASE_BIN)/blog"

clean: ## Remove what was compiled; the site, its database and its output stay
	rm -rf "$(SCRATCH)" "$(SCRATCH)-servers" "$(SCRATCH)-tsan" Benchmarks/Templates/.build Fuzzing/Markdown/.build Fuzzing/Templates/.build
