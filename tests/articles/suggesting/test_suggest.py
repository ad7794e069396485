"""Whom a sentence cites, told by small articles of one rule each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.articles.suggesting import suggest

CITING = [
    ("The mayor said the bridge would open.", "The mayor"),
    ("The bridge will open, Marta Ruiz said.", "Marta Ruiz"),
    ("“It will open,” said Marta Ruiz, the engineer.", "Marta Ruiz"),
    ("Marta Ruiz, who built the bridge, said it would hold.", "Marta Ruiz"),
    ("According to the harbor office, two boats sank.", "the harbor office"),
    ("Two boats sank, according to officials.", "officials"),
    ("The council voted to close the pool.", "The council"),
    ("The law was criticized by farmers.", "farmers"),
    ("Harbor board: ferry to stop", "Harbor board"),
    ("The ministry put the figure at 40.", "The ministry"),
    ("They signed a note, which stressed that ties are close.", "a note"),
    ("Ana Ruiz (Left), who chairs it, said she was undecided.", "Ana Ruiz"),
    ("The chairman, Gerrit Vos, said it was over.", "The chairman, Gerrit Vos"),
    ("Experts not involved in the trial urged patience.", "Experts"),
    ("“We ran,” Lena Orr, clerk at a shop near the pier, told Radio Holm.", "Lena Orr"),
    ("Otto Fenn, head of the harbor union, told HNN that boats sank.", "Otto Fenn"),
    ("Lena Orr, Harbor Watch Chief and a Holm sailor said it would pay.", "Lena Orr"),
    ("Director of Fleets, Otto Fenn, said it sank.", "Director of Fleets, Otto Fenn"),
    ("Another accused the council of delay.", "Another"),
    ("Two boats fell short of estimates, according to Holm Figures.", "Holm Figures"),
    ("A late retreat may help, with rebels suggesting it will pass.", "rebels"),
    (
        "A number of members expressed deep and growing frustration.",
        "A number of members",
    ),
    ("The whips told members they could speak.", "The whips"),
    ("The court asked a buyer not to shout.", "The court"),
    ("Analysts had expected $33.3bn.", "Analysts"),
    (
        "The ministry said that it spoke where the club said a “ring” stood.",
        "The ministry",
    ),
    ("Mr Orr lauded a captain who opposed the bill.", "Mr Orr"),
    ("HOLM: Two boats sank, President Lena Orr said in May.", "President Lena Orr"),
    ("The mayor ruled out “a tax on every boat in Holm”.", "The mayor"),
    ("Speaker Lena Orr hailed what she called “a good” vote.", "Speaker Lena Orr"),
    ("When a reporter noted it was dear, Otto Fenn retorted: “Is it?”", "Otto Fenn"),
    ("Mr Orr stopped the bill in May, citing a shifting list of reasons.", "Mr Orr"),
    (
        "He worked late, a habit that Reds and Blues alike have said is bad.",
        "Reds and Blues alike",
    ),
    ("Boats stay in port as unions reject a contract", "unions"),
    ("Two boats are lost, the defense contend.", "the defense"),
    (
        "'It lies in the sailors' hands and they may go,' Lena Orr said.",
        "Lena Orr",
    ),
    ("Although police suggested Orr was talking in general terms, he left.", "police"),
    ("A union official told Al Holm TV the talks were over.", "A union official"),
    ("The bank will buy bonds in May and pledges not to sell them.", "The bank"),
    ("Some critics, such as Otto Fenn, a clerk, argue that it leaks.", "Some critics"),
    ("The rise follows after local mediators said they were near.", "local mediators"),
    ("Two boats are too many for one pier: T.N. CM Orr", "T.N. CM Orr"),
    ("Prices are up and officials are signalling another rise.", "officials"),
    ("Judge Otto Fenn in his June 9 ruling said it was late.", "Judge Otto Fenn"),
    (
        "HOLM (XP) — The crown on Tuesday closed a port and announced plans.",
        "The crown",
    ),
    ("The last word was final, per Holm News.", "Holm News"),
    (
        "Fred Orr, a father of five in Holm, the hardest hit town, said he ran.",
        "Fred Orr",
    ),
    (
        "Otto Fenn, chief of surgery, and professor of bones, called it “a gift”.",
        "Otto Fenn",
    ),
    (
        "Boats are out in Kale state but authorities said no one was lost.",
        "authorities",
    ),
    ("Heavy rain falls in the eastern state, authorities warned.", "authorities"),
    ("The fears of some voters that it may rain are old.", "some voters"),
    ("Lena Orr took a cruel jab at the mayor.", "Lena Orr"),
    ("The new chairpersons committed to working together.", "The new chairpersons"),
    ("Shortly leaving court, Orr turned on the judge: “You broke no law here.”", "Orr"),
    ("House leaders had been eyeing a vote in May.", "House leaders"),
    ("In May, Orr held a call, a source who heard the call told HNN.", "a source"),
    ("Orr began a row after telling clerks that she would stay.", "Orr"),
    (
        "Just 27 percent of union insiders say she would win.",
        "percent of union insiders",
    ),
    ("Lena Orr at a meeting on Monday, May 9, noted that it rained.", "Lena Orr"),
    ("Kale Union in a statement said it met.", "Kale Union"),
    (
        "Holm Radio’s analysis posits that the pier leans.",
        "Holm Radio’s analysis",
    ),
    ("KSW: Records suggest that the pier was never paid for", "KSW"),
    ("A bench of two justices cautioned the party.", "A bench of two justices"),
    ("Justice Orr asked the harbor clerk why it was shut.", "Justice Orr"),
    ("7K expects profit to be $8.", "7K"),
    ("Last Friday, Orr offered a vote to Fenn and said she had a day.", "Orr"),
    ("Orr sent a letter to the clerks on Friday stating that it was late.", "Orr"),
    (
        "The union advisers were also emphatic that they would stay.",
        "The union advisers",
    ),
    (
        "Half the boats are red, according to the most recent data.",
        "the most recent data",
    ),
    ("New polling from Holm Radio suggests it is lost.", "New polling from Holm Radio"),
]
NOT_CITING = [
    "The bridge is closed.",
    "The engine claimed four lives.",
    "The mayor did not say when it would open.",
    "It stays shut until the council agrees to pay.",
    "The first signal told nobody anything.",
    "Flight plans were filed at noon.",
    "The show added two dates in May.",
    "Two boats sank in the storm, reportedly at night.",
    "Orr, 30, sits in custody facing boat murder charges.",
    "Ohio State Police is helping but sent callers away.",
    "In a burst of the heat expected, two barns burned.",
    "People in the Kale Valley state were without power.",
    "The first data from Holm contains signs of rain.",
    "The two houses held the first meeting of a committee that would last.",
    "Pain was the most commonly reported effect.",
    "A ferry costs 12 dollars per head.",
    "Another odd detail: three boats leave at noon.",
    "Few maps are left, and the most recent ones tell little of it.",
    "Police did not name the driver or say where he lives.",
    "More bills were passed, indicating a long day.",
]


@pytest.mark.parametrize(("text", "source"), CITING)
def test_the_one_who_says_it_is_found(text, source):
    ((found,),) = suggest([text])

    assert (found.cites, found.source) == (True, source)


@pytest.mark.parametrize("text", NOT_CITING)
def test_a_fact_is_left_alone(text):
    ((found,),) = suggest([text])

    assert (found.cites, found.source, found.cue) == (False, None, None)


def test_a_quotation_runs_on_and_he_is_the_one_last_cited():
    told = suggest(
        [
            "Mayor Ivo Brandt said the pool would close.",
            "“We are sorry,” he said. “There is no money left for it.”",
        ]
    )

    assert [s.source for paragraph in told for s in paragraph] == [
        "Mayor Ivo Brandt"
    ] * 3
    assert told[1][1].quotes == ("There is no money left for it.",)


@pytest.mark.parametrize(
    ("told", "said", "source"),
    [
        # Critics and ABC analysts are no “he”, whatever their first letter.
        (["Critics said it was dear.", "Councilor Otto Fenn drafted it."],
         "He stressed that it would pay.", "Councilor Otto Fenn"),
        (["ABC analyst Otto Fenn said it paid."], "“It did,” he said.",
         "ABC analyst Otto Fenn"),
        # “A Holm sailor” is not the sailor of before.
        (["“It pays,” said one Holm sailor.", "“It does not,” a Dale sailor added."],
         "“It never will.”", "a Dale sailor"),
        (["Otto Fenn said so."], "Part of the work, he adds, is to wait.", "Otto Fenn"),
        # “Orr” alone is Orr; “Orr campaign chairman Otto Fenn” is Fenn.
        (["Lena Orr said so."],
         "Orr campaign chairman Otto Fenn was calm as he said it was “a lie”.",
         "Orr campaign chairman Otto Fenn"),
        (["The mayor, Lena Orr, resigned in May."], "“I am tired,” she said.",
         "The mayor, Lena Orr"),
        # Whose campaign it is can be “he” as well.
        (["Mr Otto Fenn ran.", "Lena Orr walked.", "Fenn’s campaign was rocked."],
         "He said it was well.", "Mr Otto Fenn"),
        # Whom the sentence itself names is not the one who says it.
        (["The buyer claimed nobody read his letter."],
         "In June, his grandmother moved, he added.", "The buyer"),
        # A surname alone opens the sentence, and was met in the middle of one.
        (["The chief judge, Mr Otto Fenn, was late.", "Lena Orr was not.",
          "Fenn paid the clerks a visit."], "He condemned the noise.", "Mr Otto Fenn"),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_one_a_reader_thinks_of(told, said, source):
    assert suggest([*told, said])[-1][0].source == source


def test_speech_in_single_marks_goes_on_in_the_next_paragraph():
    told = suggest(
        [
            "Lena Orr said: 'We wait for an honest answer.",
            "'I hope it comes. It should not hide behind words.",
            "'More than that, it should change things.'",
            "'Tis the season of rain.",
        ]
    )

    assert [[s.source for s in paragraph] for paragraph in told] == [
        ["Lena Orr"], ["Lena Orr", "Lena Orr"], ["Lena Orr"], [None],
    ]  # fmt: skip


def test_paragraphs_of_speech_that_were_run_together_keep_their_marks_apart():
    (found,) = suggest(
        ['"It was even," Mr Orr said. "We led. "We came out well." Fares rose.']
    )

    assert [s.source for s in found] == ["Mr Orr", "Mr Orr", "Mr Orr", None]


def test_a_pronoun_nobody_was_named_for_is_carried_on_as_it_is():
    first, second = suggest(["“We ask for help,” they said.", "“We wait for it.”"])

    assert (first[0].source, second[0].source) == ("they", "they")


def test_a_language_without_data_is_cut_and_not_guessed_at():
    ((first, second),) = suggest(["Daar is niks. Hy het dit gesê."], "af")

    assert not first.cites
    assert not second.cites


@given(
    st.lists(st.text(alphabet="aA “”\"'.,:said he who—–-", max_size=300), max_size=3)
)
def test_places_are_those_of_the_text_whatever_it_holds(paragraphs):
    for text, found in zip(paragraphs, suggest(paragraphs), strict=True):
        assert all(text[s.start : s.end] == s.text for s in found)
        assert all(s.source is None for s in found if not s.cites)
