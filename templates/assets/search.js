// Searches the index that the build writes. The page works without this file: it says where else to look.
"use strict";

// Words as the index has them: the build makes them by the same rules (Sources/BlogSite/Search/SearchWords.swift).
const cjk = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3134f}";
const scripts = new RegExp(`[${cjk}]+|[^${cjk}]+`, "gu");
const isCJK = new RegExp(`^[${cjk}]`, "u");

function words(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "").replace(/ς/g, "σ");
  const found = [];
  for (const run of plain.match(/[\p{L}\p{N}]+/gu) || []) {
    for (const part of run.match(scripts)) {
      const characters = [...part];
      if (!isCJK.test(part)) {
        if (characters.length > 1 && characters.length <= 40) found.push(part);
      } else if (characters.length === 1) {
        found.push(part);
      } else {
        for (let place = 1; place < characters.length; place++) found.push(characters[place - 1] + characters[place]);
      }
    }
  }
  return found;
}

// The name of the file that has the words with a prefix.
function fileName(prefix) {
  if (prefix === "") return "_";
  return [...prefix].map((one) => (/[a-z0-9]/.test(one) ? one : `_${one.codePointAt(0).toString(16)}_`)).join("");
}

// The longest of the known prefixes that a word begins with.
function shardOf(word, shards) {
  const characters = [...word];
  for (let length = characters.length; length > 0; length--) {
    const prefix = characters.slice(0, length).join("");
    if (shards.has(prefix)) return prefix;
  }
  return shards.has("") ? "" : null;
}

// What a list of posts means: [[weight, greatest number, difference, …], …].
function* postings(lists) {
  for (const [weight, greatest, ...differences] of lists) {
    let number = greatest;
    yield [number, weight];
    for (const difference of differences) yield [number -= difference, weight];
  }
}

// The numbers of the posts that have the words of a query, the best first. Those with more of the words come before those
// with fewer, then titles count before tags and tags before texts, then the newest is first. The last word may be the
// beginning of others, as far as they are in the same file. `read` gives a file of the index by its name.
async function search(query, read) {
  const wanted = [...new Set(words(query))];
  if (wanted.length === 0) return [];
  const root = await read("index.json");
  const shards = new Set(root.shards);
  const posts = new Map();
  await Promise.all(wanted.map(async (word, place) => {
    const prefix = shardOf(word, shards);
    if (prefix === null) return;
    const lists = await read(`words/${fileName(prefix)}.json`);
    const best = new Map();
    const isLast = place === wanted.length - 1;
    for (const [known, found] of Object.entries(lists)) {
      if (known !== word && !(isLast && known.startsWith(word))) continue;
      for (const [number, weight] of postings(found)) {
        // A word that only begins as the query does counts a little less.
        const value = known === word ? weight : weight - 0.5;
        if (value > (best.get(number) || 0)) best.set(number, value);
      }
    }
    for (const [number, weight] of best) {
      const post = posts.get(number) || { number, matched: 0, weight: 0 };
      post.matched += 1;
      post.weight += weight;
      posts.set(number, post);
    }
  }));
  const order = (a, b) => b.matched - a.matched || b.weight - a.weight || b.number - a.number;
  return [...posts.values()].sort(order).map((post) => post.number);
}

// What to show of a post: title, address, date and excerpt.
async function result(number, read) {
  const root = await read("index.json");
  const file = await read(`posts/${Math.floor(number / root.chunk)}.json`);
  return file[number];
}

function start(form) {
  const base = form.dataset.index.replace(/index\.json$/, "");
  const input = form.querySelector("input");
  const status = document.getElementById("status");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const files = new Map();
  let current = 0;
  let found = [];

  // A file that could not be read is asked for again at the next search.
  const read = (name) => {
    if (!files.has(name)) {
      const file = fetch(base + name).then((response) => {
        if (!response.ok) throw new Error(`${response.status} for ${name}`);
        return response.json();
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  };

  const item = ([title, address, date, excerpt]) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const text = document.createElement("p");
    text.textContent = excerpt;
    if (date) {
      const time = document.createElement("time");
      time.dateTime = date;
      // Day before month, as on the other pages.
      const language = document.documentElement.lang.replace(/^en$/, "en-GB");
      time.textContent = new Date(`${date}T00:00:00Z`).toLocaleDateString(
        language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      entry.append(time);
    }
    entry.append(link, text);
    return entry;
  };

  const show = async (run) => {
    const next = found.slice(list.children.length, list.children.length + 10);
    const items = (await Promise.all(next.map((number) => result(number, read)))).filter(Boolean).map(item);
    if (run !== current) return;
    list.append(...items);
    more.hidden = list.children.length >= found.length;
    return items[0];
  };

  const look = async () => {
    const run = ++current;
    const query = input.value.trim();
    const address = new URL(location.href);
    address.search = query ? `?${new URLSearchParams({ q: query })}` : "";
    history.replaceState(null, "", address);
    try {
      const numbers = await search(query, read);
      if (run !== current) return;
      found = numbers;
      list.replaceChildren();
      await show(run);
      if (run !== current) return;
      status.textContent =
        words(query).length === 0 ? "Type a word of at least two letters."
        : found.length === 0 ? `Nothing found for “${query}”.`
        : `${found.length === 1 ? "One post" : `${found.length} posts`} for “${query}”.`;
    } catch {
      if (run === current) status.textContent = "The search index could not be read. Please try again.";
    }
  };

  let timer;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 200);
  });
  more.addEventListener("click", async () => {
    const first = await show(current);
    if (first) first.querySelector("a").focus();
  });
  const query = new URLSearchParams(location.search).get("q");
  if (query) {
    input.value = query;
    look();
  }
}

if (typeof document !== "undefined") {
  const form = document.querySelector("form[data-index]");
  if (form) start(form);
}
