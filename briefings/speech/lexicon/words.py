"""The small words of English that tell where a phrase or a clause begins and ends. All in lower case."""

from .lists import words_of

PERSONAL = words_of("i you he she it we they")
RELATIVE = words_of("who which that")
PRONOUNS = (
    PERSONAL
    | RELATIVE
    | words_of(
        "this these those everyone everybody someone somebody nobody none both many some others another most few"
        " all each"
    )
)
OBJECTS = words_of("me him her us them you it himself herself themselves itself one")
POSSESSIVES = words_of("my your his her its our their whose")
ARTICLES = words_of("the a an")
DETERMINERS = (
    ARTICLES
    | POSSESSIVES
    | words_of(
        "this that these those some any every each another other several many few more most no both all either neither"
    )
)
PREPOSITIONS = words_of(
    "of in on at by with from to for about over under into onto through during after before since until till between"
    " among against without within across behind beyond despite near off upon toward towards via amid along around"
    " above below outside inside per like unlike regarding concerning including except besides"
)
COMPLEMENTISERS = words_of("that if whether")
QUESTIONS = words_of("who what how why when where which whom whose whatever whoever whether if")
COORDINATORS = words_of("and but or nor yet so")
SUBORDINATORS = words_of(
    "that because when while if as after before since although though whether unless until where whereas than once"
    " who whom whose which what how why lest whenever wherever"
)
BE = words_of("is are was were be been being am 's 're 'm isn't aren't wasn't weren't")
HAVE = words_of("has have had having 've 'd hasn't haven't hadn't")
MODALS = words_of(
    "will would can could may might must shall should won't wouldn't can't cannot couldn't mustn't shouldn't do does"
    " did 'll don't doesn't didn't"
)
AUXILIARIES = BE | HAVE | MODALS
NEGATIONS = words_of(
    "not never n't don't doesn't didn't won't wouldn't can't cannot couldn't hasn't haven't hadn't isn't wasn't"
    " aren't weren't"
)
DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun")
MONTHS = words_of(
    "january february march april may june july august september october november december jan. feb. mar. apr. jun."
    " jul. aug. sep. sept. oct. nov. dec. jan feb mar apr jun jul aug sep sept oct nov dec"
)
PARTS_OF_DAY = words_of("morning afternoon evening night noon midnight")
# Said when or how: they stand between the verb and what was said, and before or after the verb.
ADVERBS = words_of(
    "also then later earlier recently repeatedly often never always once again still already even just now only ever"
    " yesterday today tonight tomorrow initially previously subsequently eventually finally first originally simply"
    " publicly privately openly explicitly implicitly clearly bluntly flatly merely actually further additionally"
    " specifically famously correctly rightly wrongly falsely instead too so thus therefore however meanwhile"
    " sometimes frequently consistently constantly routinely regularly long since reportedly allegedly apparently"
    " quickly immediately promptly strongly firmly angrily quietly loudly softly jokingly sarcastically proudly"
    " reluctantly candidly frankly plainly directly effectively essentially largely basically really probably"
    " certainly perhaps maybe not soon afterward afterwards twice separately together elsewhere ominously wryly"
    " cheerfully tearfully solemnly gravely sternly matter-of-factly pointedly memorably notably infamously"
    " categorically emphatically vehemently vigorously adamantly confidently cautiously calmly briefly gleefully"
    " incorrectly mistakenly accurately unequivocally unambiguously independently anonymously formally officially"
    " last back well rather quite almost nearly"
)
WHEN = words_of("yesterday today tonight tomorrow recently later earlier afterward afterwards again")
TITLES = words_of(
    "mr mrs ms mx dr prof gen lt col maj capt sgt gov sen rep reps sens hon rev st messrs pres supt insp adm cmdr"
    " cpl det"
)
PARTS_OF_NAMES = words_of("of the de la van von der den al el bin ibn di da du le dos del for and")
BEGINNERS = words_of(
    "the a an he she it they we you in on at but and as for this that these those there his her its their our when"
    " while after before however if meanwhile so yet"
)
PLAIN_SPEECH = words_of(
    "said says asked asks told tells added adds replied answered wondered cried shouted wrote tweeted exclaimed"
    " demanded yelled screamed declared joked continued responded quipped insisted"
)
LINKS = words_of("-- — – ... -")
NUMBERS = words_of(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty"
    " ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half"
)
