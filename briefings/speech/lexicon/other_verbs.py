"""Common verbs that report nothing: they tell a clause from a phrase, and where a noun phrase cannot go on."""

from .lists import words_of

# Past forms that do not end in -ed; those that are nouns or adjectives as often are left out.
IRREGULAR = words_of(
    "held met took made went got gave sent ran won lost came began kept spoke stood sat saw brought caught dealt"
    " drew fell felt flew found fought grew heard knew laid paid rode rose sold shot spent struck taught threw wore"
    " became bought broke chose drank drove ate forgot forgave froze hid led lent let meant overcame proved sang sank"
    " shook slept stole swept swam swore tore understood undertook woke withdrew wrote thought told said did went"
    " arose awoke bent bit blew bred clung crept dug fled flung forbade hung knelt leapt leaned oversaw overthrew"
    " shone slid sought spun sprang stuck stung strode swung underwent upheld wept wound wove beat bore"
)
# Forms of the present that are seldom nouns.
PRESENT = words_of(
    "wants needs seems appears remains includes involves requires allows means gives takes makes comes goes gets"
    " knows sees believes thinks hopes feels expects becomes begins continues keeps shows holds helps brings runs"
    " stands belongs depends deserves exists faces follows happens lacks likes loves hates lies loses offers owns"
    " plays prefers provides receives represents serves supports tries wins works loves understands enjoys creates"
    " leaves leads turns want need seem appear remain include involve require mean give make come go get know see"
    " become begin keep bring depend deserve exist happen prefer provide receive represent try understand create"
    " believe think expect"
)
HELPERS = words_of("help helps helped let lets make makes made see saw hear heard watch watched dare")
