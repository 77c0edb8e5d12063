"""The benchmark's work with tortoise-orm.

usage: tortoise_bench.py DATABASE SENTENCES POSTS
DATABASE is a file for SQLite, or postgres:NAME on the server that PGHOST, PGPORT and PGUSER name, by asyncpg.
Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
"""

import os
import sys
import time
from datetime import datetime, timedelta, timezone

from tortoise import Tortoise, fields, run_async
from tortoise.models import Model
from tortoise.transactions import in_transaction

USERS, TAGS, DISCUSSED, COMMENTS_PER_POST, TAGS_PER_POST = 500, 40, 2_000, 5, 3


class User(Model):
    id = fields.IntField(primary_key=True)
    username = fields.CharField(max_length=50)
    email = fields.CharField(max_length=100)

    class Meta:
        table = "users"


class Tag(Model):
    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=50)

    class Meta:
        table = "tags"


class Post(Model):
    id = fields.IntField(primary_key=True)
    title = fields.CharField(max_length=200)
    slug = fields.CharField(max_length=200)
    content = fields.TextField()
    published = fields.BooleanField()
    view_count = fields.IntField()
    published_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    tags = fields.ManyToManyField("models.Tag", related_name="posts", through="post_tags")

    class Meta:
        table = "posts"


class Comment(Model):
    id = fields.IntField(primary_key=True)
    post = fields.ForeignKeyField("models.Post", related_name="comments", db_index=True)
    author = fields.ForeignKeyField("models.User", related_name="comments", db_index=True)
    content = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "comments"


class Corpus:
    """See Corpus.swift."""

    def __init__(self, path, posts):
        with open(path, encoding="utf-8") as file:
            self.sentences = file.read().splitlines()
        self.posts = posts

    def created(self, number):
        start = datetime(2023, 11, 14, 22, 13, 20, tzinfo=timezone.utc)
        return start + timedelta(minutes=number, microseconds=number * 37 % 1_000_000)

    def sentence(self, number):
        return self.sentences[number % len(self.sentences)]

    def post(self, number):
        published = number % 5 != 0
        created = self.created(number)
        return Post(
            title=f"Notes on the craft of writing, part {number}",
            slug=f"notes-on-the-craft-of-writing-part-{number}",
            content=" ".join(self.sentence(number + i) for i in range(4 + number % 9)),
            published=published,
            view_count=number * 31 % 10_000,
            published_at=created + timedelta(hours=1) if published else None,
            created_at=created,
        )

    def ids(self, count):
        return [1 + i * 7919 % self.posts for i in range(count)]


async def measure(name, work, check, operations=1):
    cpu, wall = time.process_time(), time.perf_counter()
    output = await work()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print("tortoise", name, operations, f"{cpu:.6f}", f"{wall:.6f}", check(output), sep="\t", flush=True)


def check_posts(posts):
    return sum(len(post.content.encode()) + post.view_count for post in posts)


def check_discussions(posts):
    return sum(
        sum(len(comment.author.username) for comment in post.comments) + sum(tag.id for tag in post.tags)
        for post in posts
    )


async def insert(rows):
    """Its fastest way, which does not give the ids back."""
    async with in_transaction():
        await Post.bulk_create(rows)
    return rows


async def insert_with_ids(rows):
    """What the other contenders' insert gives too."""
    async with in_transaction():
        for row in rows:
            await row.save()
    return rows


async def insert_related(corpus):
    async with in_transaction() as connection:
        marks = "?, ?" if connection.capabilities.dialect == "sqlite" else "$1, $2"
        await User.bulk_create([User(username=f"user{i}", email=f"user{i}@example.com") for i in range(1, USERS + 1)])
        await Tag.bulk_create([Tag(name=f"tag {i}") for i in range(1, TAGS + 1)])
        await Comment.bulk_create(
            [
                Comment(
                    post_id=1 + i // COMMENTS_PER_POST,
                    author_id=1 + i % USERS,
                    content=corpus.sentence(i),
                    created_at=corpus.created(i),
                )
                for i in range(DISCUSSED * COMMENTS_PER_POST)
            ]
        )
        await connection.execute_many(
            f"INSERT INTO post_tags (posts_id, tag_id) VALUES ({marks})",
            [[1 + i // TAGS_PER_POST, 1 + i % TAGS] for i in range(DISCUSSED * TAGS_PER_POST)],
        )


async def get(ids):
    views = 0
    for id in ids:
        views += (await Post.get(id=id)).view_count
    return views


async def get_inside(ids):
    async with in_transaction():
        return await get(ids)


async def connect(database):
    if not database.startswith("postgres:"):
        pragmas = "journal_mode=WAL&synchronous=NORMAL&foreign_keys=ON&mmap_size=268435456&cache_size=-16384"
        return await Tortoise.init(db_url=f"sqlite://{database}?{pragmas}", modules={"models": [__name__]})
    credentials = {
        "host": os.environ["PGHOST"],
        "port": int(os.environ["PGPORT"]),
        "user": os.environ["PGUSER"],
        "password": None,
        "database": database.removeprefix("postgres:"),
    }
    connection = {"engine": "tortoise.backends.asyncpg", "credentials": credentials}
    app = {"models": [__name__], "default_connection": "default"}
    await Tortoise.init(config={"connections": {"default": connection}, "apps": {"models": app}, "use_tz": True})


async def main(database, sentences, count):
    corpus = Corpus(sentences, int(count))
    await connect(database)
    await Tortoise.generate_schemas()
    rows = [corpus.post(number) for number in range(1, corpus.posts + 1)]
    await measure("insert", lambda: insert(rows), check_posts)
    await insert_related(corpus)
    await get([1])
    await measure("fetch", Post.all, check_posts)
    ids = corpus.ids(2_000)
    await measure("get inside a scope", lambda: get_inside(ids), lambda views: views, len(ids))
    await measure("get outside", lambda: get(ids), lambda views: views, len(ids))
    await measure(
        "nested prefetch",
        lambda: Post.filter(id__lte=DISCUSSED).prefetch_related("comments__author", "tags"),
        check_discussions,
    )
    rows = [corpus.post(number) for number in range(1, corpus.posts + 1)]
    await measure("insert, ids back", lambda: insert_with_ids(rows), check_posts)


run_async(main(*sys.argv[1:]))
