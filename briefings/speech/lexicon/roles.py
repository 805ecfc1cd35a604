"""Titles and roles of people, what tells women from men, and kinds of bodies and media. All in lower case."""

from .lists import words_of

ROLES = words_of(
    "minister president premier chancellor secretary senator congressman congresswoman representative governor mayor"
    " ambassador envoy commissioner director chief chair chairman chairwoman chairperson head leader spokesman"
    " spokeswoman spokesperson speaker judge justice attorney prosecutor lawyer sheriff officer detective inspector"
    " superintendent constable general colonel major captain lieutenant sergeant commander admiral marshal doctor"
    " professor teacher principal dean scientist researcher analyst economist historian author writer columnist"
    " editor reporter journalist correspondent anchor host pollster strategist consultant adviser advisor aide"
    " manager executive founder owner cofounder co-founder treasurer trustee delegate candidate nominee lawmaker"
    " legislator councillor councilman councilwoman councilor alderman assemblyman assemblywoman politician mogul"
    " businessman businesswoman tycoon billionaire king queen prince princess duke duchess emperor sultan emir sheikh"
    " crown pope cardinal bishop archbishop priest pastor reverend rabbi imam ayatollah mufti monk activist"
    " campaigner organizer organiser volunteer farmer worker student father mother brother sister son daughter"
    " husband wife widow widower uncle aunt neighbour neighbor friend colleague victim witness survivor suspect"
    " defendant plaintiff resident voter actor actress singer musician comedian filmmaker producer coach player"
    " athlete pilot driver nurse surgeon physician veteran soldier diplomat negotiator mediator official bureaucrat"
    " civil servant deputy vice assistant counsel solicitor barrister magistrate ombudsman auditor comptroller"
    " controller registrar fellow scholar expert mp mep frontrunner front-runner incumbent challenger hopeful"
    " democrat republican conservative liberal socialist libertarian independent native planner architect engineer"
    " artist poet novelist astronaut coroner first lady"
)
TITLE_PARTS = words_of(
    "prime foreign interior defence defense finance home health education deputy vice former ex acting interim new"
    " then late assistant associate senior junior chief first managing executive general state national federal lead"
    " opposition majority minority house senate campaign party press communications attorney under permanent u.s. us"
    " uk british american chinese russian french german indian pakistani turkish iranian israeli palestinian saudi"
    " japanese korean canadian australian mexican brazilian italian spanish european african asian afghan ukrainian"
    " polish dutch swedish greek egyptian syrian iraqi irish scottish welsh texas florida ohio california republican"
    " democratic gop labour conservative liberal presidential vice-presidential city county police military army navy"
    " air force planning commerce trade justice labor agriculture energy transport railways information law"
    " gubernatorial congressional district supreme court federal"
)
FEMALE = words_of(
    "mrs. ms. mrs ms miss madam lady she her hers herself congresswoman chairwoman spokeswoman councilwoman"
    " assemblywoman businesswoman actress queen princess duchess mother sister daughter wife widow aunt woman girl"
)
MALE = words_of(
    "mr. mr sir lord he him his himself congressman chairman spokesman councilman assemblyman businessman actor king"
    " prince duke father brother son husband widower uncle man boy"
)
WOMEN = words_of(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen nancy lisa betty margaret sandra"
    " ashley kimberly emily donna michelle dorothy carol amanda melissa deborah stephanie rebecca sharon laura"
    " cynthia kathleen amy shirley angela helen anna brenda pamela nicole emma samantha katherine christine debra"
    " rachel catherine carolyn janet ruth maria heather diane virginia julie joyce victoria olivia kelly christina"
    " lauren joan evelyn judith megan cheryl andrea hannah martha jacqueline frances gloria ann anne teresa kathryn"
    " sara janice jean alice madison doris abigail julia judy grace denise amber marilyn beverly danielle theresa"
    " sophia marie diana brittany natalie isabella charlotte rose alexis kayla hillary ivanka melania carly elena"
    " sonia angela theresa ursula christine fatima aisha ayesha maryam mariam benazir hina sherry malala zainab"
    " khadija noor sana shireen asma lena nora nina maya mia clara eva ida ingrid"
)
MEN = words_of(
    "james robert john michael david william richard joseph thomas charles christopher daniel matthew anthony mark"
    " donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary"
    " nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond"
    " patrick jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah"
    " jeremy christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan"
    " billy bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell"
    " bradley philip eugene jeb ted marco rand ben bernie bill barack mitt newt chuck harry mike jim tom tim bob dan"
    " dave steve ahmed mohammed muhammad mohammad ali hassan hussain hussein omar imran nawaz shehbaz asif bilawal"
    " ahsan ishaq khawaja abdul ibrahim yusuf tariq khalid rashid vladimir sergei dmitry emmanuel narendra xi recep"
)
# Words that a name of a newspaper, an agency or a site holds.
MEDIA = words_of(
    "news newspaper newspapers agency post times herald tribune gazette journal chronicle guardian telegraph mail"
    " observer portal website broadcaster radio television tv channel magazine network press daily weekly today"
    " reuters afp ap upi bbc cnn nbc abc cbs msnbc npr xinhua tass dawn bloomberg politico buzzfeed axios blog media"
)
BODIES = words_of(
    "agency company group organization organisation ministry department bureau commission committee council court"
    " association federation union party campaign government administration university institute center centre"
    " foundation office police army navy board bank fund network coalition alliance assembly congress parliament"
    " senate house team firm corporation society service authority embassy force report study paper newspaper poll"
)
# Nouns for people of a kind, which begin many a sentence and are no names.
GROUPS = words_of(
    "people police critics supporters opponents allies aides insiders experts sources others authorities donors fans"
    " democrats republicans conservatives liberals progressives americans women men parents scientists lawmakers"
    " prosecutors investigators organizers organisers protesters attendees backers detractors rivals counterparts"
    " economists pollsters observers locals residents neighbours neighbors children polls surveys data research"
    " studies"
)
EVENTS = words_of(
    "assembly summit conference convention congress forum session debate symposium seminar congress meeting talks"
    " ceremony inauguration hearing festival games olympics expo exhibition workshop dialogue colloquium roundtable"
    " rally caucus"
)
