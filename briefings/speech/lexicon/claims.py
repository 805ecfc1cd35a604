"""Words that tell a claim that can be checked from praise, advice and filler. All in lower case."""

from .lists import words_of

# Membership, seat, founding, parts, duties and counts.
STRUCTURE = words_of(
    "member members membership joined joining joins founded established created formed dissolved headquartered based"
    " located situated seat comprises comprised consists consisting includes included elected appointed serves served"
    " responsible headed chaired led employs operates runs oversees manages administers population percent per cent"
    " million billion thousand signed ratified adopted acceded entered opened closed built launched held attended"
    " hosts hosted won killed injured arrested extradited convicted sentenced spent cost costs paid born died capital"
    " headquarters treaty agreement convention law act budget revenue turnover staff offices branches delegates"
    " represents represented arm bureau body"
)
PRAISE = words_of(
    "crucial vital notable commendable instrumental essential remarkable impressive outstanding excellent exemplary"
    " invaluable pivotal significant amazing world-class unparalleled unique proud potential challenges opportunities"
    " promising bright laudable admirable tremendous incredible disappointing regrettable shameful disgraceful"
)
ADVISING = words_of("should must needs need ought will would could may might")
VAGUE = words_of("beyond ahead mere")
CLOSING = words_of("looking overall ultimately finally")
LINKS = words_of(
    "furthermore moreover additionally however meanwhile also presently currently today indeed similarly likewise"
    " thus therefore consequently nevertheless nonetheless besides"
)
EMPTY_SUBJECTS = words_of("it there this these that those here what who i we you he she they")
ADDRESSING = words_of("you your i we our us me my let's ? !")
GLOSSES = words_of(
    "highlighting demonstrating showcasing underscoring reflecting proving enabling thereby thus illustrating"
    " emphasizing emphasising making signaling signalling"
)
