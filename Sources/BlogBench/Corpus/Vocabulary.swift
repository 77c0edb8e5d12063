/// The words and sentences that all fields share. Their order is part of the corpus: a seed gives other bytes when it changes.
enum Vocabulary {
    static let titles: [Phrase] = [
        "«subject», learned while «activity»", "«subject» and «activity»", "What «activity» taught us about «subject»",
        "Notes on «subject» from «activity»", "«subject»: a report from «activity»",
        "Why «subject» mattered when «activity»",
        "«activity» with nothing but «subject»", "Rethinking «subject» after «activity»",
        "«subject» in practice: «activity»",
        "How «activity» changed our mind about «subject»", "A field guide to «subject», by way of «activity»",
        "«subject», or how we survived «activity»", "Small steps towards «subject» while «activity»",
        "The case for «subject» in «activity»", "The case against «subject» in «activity»",
        "Measuring «subject» before «activity»", "«subject» on a Friday afternoon: «activity»",
        "Explaining «subject» to a newcomer while «activity»", "«activity»: where «subject» pays off",
        "Debugging «subject» in the middle of «activity»", "«subject» without tears: «activity»",
        "A year of «subject» and «activity»", "Ten minutes on «subject» before «activity»",
        "Letting go of «subject» after «activity»",
        "«subject» revisited, now that we are done with «activity»",
        "Five questions about «subject» for anyone «activity»",
        "The quiet virtues of «subject» when «activity»", "Teaching «subject» by «activity»",
        "«subject» under load, or «activity»",
        "When «subject» is enough for «activity»", "Three mistakes with «subject» that «activity» showed us",
        "An honest look at «subject» halfway through «activity»",
    ]

    static let activities: [String] = [
        "moving a bakery to a new till", "archiving forty years of a local paper", "rebuilding a library catalogue",
        "counting birds with volunteers", "running a school timetable", "printing bus stop signs",
        "indexing a museum’s letters",
        "keeping a choir’s music in order", "publishing a town’s minutes", "mapping footpaths",
        "helping a food bank plan its rounds",
        "digitising parish registers", "serving a weather station", "sorting seed samples",
        "editing a cookbook of nine hundred recipes",
        "booking a village hall", "tracking lost parcels", "rating wines for a small shop", "restoring a radio archive",
        "coordinating lifeboat crews", "translating a hiking guide", "billing a water company",
        "scheduling night trains",
        "grading chess puzzles", "collecting tide tables", "labelling star charts", "renting out bicycles",
        "running a film festival",
        "auditing a charity’s books", "planning an orchard", "watching a glacier", "cataloguing old maps",
        "repairing a sundial",
        "selling theatre tickets", "charting the river’s height", "feeding a news desk", "keeping bees with sensors",
        "running a repair café", "surveying hedgerows", "cleaning up an address book", "hosting a quiz night",
        "organising a blood drive", "numbering the graves of a churchyard", "digging through tax tables",
        "teaching an evening class",
        "reporting potholes", "running a letterpress shop", "timing a relay race",
    ]

    /// Openings, arguments and conclusions in one list: a post takes them in a random order and repeats none before all are used.
    static let sentences: [Phrase] = [
        "We first met «trouble» while «activity», and nobody had a name for it.",
        "«who» suggested to «remedy», and the numbers agreed within «when».",
        "It took us «when» to see that «trouble» was the cause and not the symptom.",
        "The usual advice is to «remedy»; the usual reason to ignore it is «trouble».",
        "There were «number» «parts» in the system, and «amount» of them did nothing useful.",
        "With «tool» the same check takes «small» seconds, which is short enough to do it every time.",
        "Nothing about «subject» is new, and that is the best thing about it.",
        "I used to think that «subject» was a matter of taste.",
        "The documentation of «tool» says this on its first page, but who reads the first page?",
        "If you remember one thing from this post, let it be this: «remedy».",
        "Of the «number» «parts» we looked at, «amount» showed the same pattern.",
        "The «parts» were not the problem; «trouble» was.",
        "«tool» made the difference visible, and once it was visible the argument was over.",
        "That sounds expensive, yet it cost us less than «small» hours, most of them spent on reading.",
        "A smaller system would have hidden «trouble» for another year.",
        "What surprised us was how little the «parts» mattered in the end.",
        "«who» asked why we did not simply «remedy», and we had no answer.",
        "After «activity» for a whole season, one gets suspicious of «parts» that never change.",
        "The rule we follow since then is short: «remedy».",
        "In the beginning there was only «tool», a list of «parts», and too much confidence.",
        "You can see the effect of «subject» in the logs if you know where to look.",
        "None of this needs «tool», but it is easier to explain with it.",
        "The failure looked random; it happened «small» times in «number» runs, always before noon.",
        "We had «number» «parts» and room for half as many.",
        "Every one of these «parts» had been added for a good reason that nobody could recall.",
        "It is tempting to answer «trouble» with more «parts».",
        "Instead, «remedy», and then wait a week before you touch anything else.",
        "«who» kept a diary of the incident, and it reads better than our report.",
        "By then «amount» of the work was done, and the rest looked harmless.",
        "There is a price, of course: «parts» become visible to people who never asked for them.",
        "The second attempt was duller, smaller and correct.",
        "I keep «tool» open in another window whenever I touch «subject».",
        "A reader wrote to say that «trouble» also shows up while «activity».",
        "Compare that with «subject», where the order of the «parts» decides everything.",
        "The fix was «small» lines long; the explanation took «small» pages.",
        "As a rule of thumb, «number» «parts» are fine and twice as many are not.",
        "We wrote down what we expected, ran it, and were wrong by «amount».",
        "What remains is «trouble», and for that there is no tool, only patience.",
        "In hindsight, the hint was in the «parts» all along.",
        "«who» drew it on a napkin, and the napkin is still the best documentation we have.",
        "Do this once and «subject» stops being frightening.",
        "Do it twice and you will want «tool» to do it for you.",
        "Most teams that I know have met «trouble» and blamed «tool» for it.",
        "The trick is to «remedy» before anyone depends on the old behaviour.",
        "Our users noticed nothing, which was the plan.",
        "Even now, «amount» of our «parts» predate that decision.",
        "The «parts» arrive in bursts of about «number», so an average tells you very little.",
        "When in doubt, «remedy»; when still in doubt, ask «who».",
        "This is where «subject» earns its keep.",
        "It would be unfair to call «trouble» a bug, since it did precisely what we had asked for.",
        "Whoever maintains this next will look for «parts» first, so that is where the comment went.",
        "We kept the old way running beside the new one for «when» and compared the results every night.",
        "They differed in «small» cases out of «number», and each of them was a fault of the old way.",
        "For a system of our size, «tool» is more than enough.",
        "One evening, «activity» suddenly depended on it, and then it had to work.",
        "I would rather explain «subject» to a newcomer than «trouble» to a customer.",
    ]

    static let descriptions: [Phrase] = [
        "How «trouble» cost us «when», and what we do about it now.",
        "What «tool» showed us about «parts», with numbers.",
        "A practical look at «subject»: what works, what does not, and when to «remedy».",
        "Notes from «activity»: «parts», «trouble» and a happy end.",
        "«subject» explained with one example and «small» mistakes.",
        "Why we decided to «remedy», and what happened to our «parts».",
    ]

    static let headings: [Phrase] = [
        "Where it started", "What we measured", "The trouble with «parts»", "A closer look at «tool»", "What changed",
        "What we would do again", "Counting «parts»", "The boring solution", "What the numbers say", "First attempt",
        "Second attempt", "Living with it", "Costs and limits", "Questions we were asked", "In short",
        "A note on «parts»",
        "Before you try this", "How it fails", "The smallest example", "What is left to do",
    ]

    static let listLeads: [Phrase] = [
        "Three things helped:", "In the order in which we tried them:", "What to look for:",
        "The list that hangs on our wall now:",
        "Before the next release we want to see these done:", "It comes down to a few habits:",
    ]

    static let listItems: [Phrase] = [
        "«remedy», even when it seems too early", "count the «parts» and write the number down",
        "look at «tool» before you guess",
        "expect «trouble» and say so in the log", "«remedy»", "keep «amount» of the «parts» out of it",
        "ask «who» for the history", "never trust «small» «parts» that always agree", "**«remedy»**; the rest follows",
        "leave *one* way to do it, and document it", "check again after «when»",
        "treat «trouble» as a question of design",
        "prefer «tool» where both would do", "name it once and use that name",
    ]

    static let quotations: [(text: Phrase, source: String)] = [
        ("The cheapest «parts» are the ones you never make.", "a sign over the old print shop"),
        ("First «remedy». Then you may complain about «tool».", "from the hand-over notes"),
        ("We did not solve «trouble». We made it impossible, and went home.", "the closing report"),
        (
            "Anything that happens «small» times a year will happen on the first day of your holiday.",
            "overheard in the kitchen"
        ),
        ("Nobody ever thanked us for «parts», but many asked where they had gone.", "a former maintainer"),
        ("If «subject» is hard to explain, it is in the wrong place.", "a review comment"),
    ]

    static let asides: [Phrase] = [
        "Earlier we wrote about", "The background is in", "There is more on this in", "A reader compared it with",
        "For the other side of the argument, see", "It continues what we began in",
    ]

    static let people: [String] = [
        "a colleague", "our newest team member", "the night shift", "someone from the archive", "an old friend",
        "the customer",
        "a student", "our accountant", "the volunteer at the desk", "a maintainer", "the person on call",
        "a retired engineer",
    ]

    static let periods: [String] = [
        "a week", "two evenings", "most of a month", "a long afternoon", "three sprints", "half a year",
        "a single morning",
        "the whole winter", "ten days", "one release",
    ]

    static let amounts: [String] = [
        "about a third", "nearly half", "two out of five", "a tenth", "almost all", "more than half", "a quarter",
        "one in eight",
    ]

    /// Short names for variables, tables and files in code samples.
    static let words: [String] = [
        "orders", "letters", "readings", "entries", "tickets", "routes", "recipes", "samples", "pages", "members",
        "parcels",
        "scores", "events", "maps", "volumes", "shifts",
    ]
}
