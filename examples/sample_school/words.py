"""Names and sentences of the sample school. Nobody of this name is meant."""

GIVEN = ("Ada Aisha Alejandro Amara Anders Anh Aylin Beatriz Benjamin Bilal Camila Carlos Chloé Dalia Daniel Dilan Elena Elif Emeka Emma "
         "Erik Fatima Felix Freya Gabriel Georgi Giulia Hana Hassan Hugo Imani Ines Isaac Ivan Jada James Jin Joana Jonas Kaito Kamila "
         "Kofi Lara Leila Leo Lin Lucía Luka Maja Malik Marek Maria Mateo Maya Mei Mila Minh Nadia Naoki Nia Nikhil Noah Noor Olivia "
         "Omar Oskar Pavel Petra Priya Rafael Rania Ravi Rosa Ruben Sana Santiago Sara Seo-yeon Siddharth Sofía Tariq Teodora Thabo "
         "Tomás Uma Valentina Viktor Wei Yara Youssef Yuki Zahra Zoë 小雨 Łucja Øyvind").split()

FAMILY = ("Abebe Adeyemi Almeida Andersson Bauer Bello Castillo Chen Cohen Costa Dąbrowski Davis Demir Diallo Dubois Eze Fernández Fischer "
          "Flores García Georgiou Haddad Hansen Hernández Hoang Hughes Ibrahim Ivanova Jensen Johnson Kamau Kaplan Kaya Khan Kim Kowalski "
          "Kumar Lindqvist López Mahmoud Martínez Mbeki Mehta Mendes Morales Moreau Müller Nakamura Ngô Nguyễn Novák Nowak O’Brien Okafor "
          "Oliveira Osei Özdemir Park Patel Pereira Petrov Ramírez Reyes Rossi Ruiz Said Santos Sato Schmidt Silva Singh Sørensen Suzuki "
          "Tanaka Tesfaye Thompson Torres Tran Usman Vargas Virtanen Wagner Walker Wang Weber Williams Yıldız Yılmaz Young Zając Zhang").split()

# tag, in a learner's own words
INTERESTS = [
    ("animals", "I take care of our neighbour's rabbits and I want to know how to tell when they are ill."),
    ("animals", "Birds. I keep a list and I am at 43 kinds now."),
    ("football", "I play left wing and I count my passes in every game."),
    ("football", "Football, and the tables, I always work out who can still win the league."),
    ("cooking", "My grandmother and I bake on Sundays and I do the measuring."),
    ("cooking", "Making soup. I never follow the recipe."),
    ("music", "I play the drums and I like it when two rhythms fit into each other."),
    ("music", "Singing in the choir, the low part."),
    ("space", "How far away things are. The distances in space are hard to believe."),
    ("space", "I want to build a rocket that lands again."),
    ("drawing", "I draw comics about a snail who solves crimes."),
    ("drawing", "Drawing houses from above, like an architect."),
    ("coding", "I made a game where you have to catch fish and I want to add levels."),
    ("coding", "Robots! In the club we made one that follows a line."),
    ("reading", "Everything with dragons, and then I tell my brother the story."),
    ("reading", "I read the news with my father and then we argue."),
    ("swimming", "I am in the swimming team and I write down my times."),
    ("building", "Building things out of cardboard, last time a castle with a working gate."),
    ("building", "Bicycles. I can change a tyre by myself."),
    ("plants", "I grow tomatoes on the balcony and measure them every week."),
    ("history", "Old maps, and who lived in our street a hundred years ago."),
    ("dance", "Dancing with my cousins, we film it and count the beats."),
    ("markets", "I help at my aunt's stall and give the change back."),
    ("chess", "Chess, because nobody can say it was luck."),
]

NEEDS = [
    ("pace", "I need a little more time before I have to answer in front of everybody."),
    ("pace", "Sometimes I am done early and then I would like something harder, not more of the same."),
    ("language", "It helps me when the words are on the board, not only said."),
    ("language", "I understand the numbers, but the long word problems are hard for me in English."),
    ("quiet", "I can think better where it is quiet."),
    ("together", "I would like to work with somebody who does not laugh when I make a mistake."),
    ("together", "Explaining it to my partner is how I understand it myself."),
    ("pictures", "I need to see it as a picture first."),
    ("hands", "I learn it when I can build it or cut it out."),
    ("start", "I do not know how to start when the task is long. Smaller steps would help me."),
    ("glasses", "I cannot see the board from the back."),
    ("home", "There is no computer at home that I can use every day."),
    ("ask", "I do not like to ask. I would rather write my question down."),
]

EXPERIENCES = [
    "We went to the science museum and I led my group through the water room.",
    "Last summer I went to the coding camp for two weeks.",
    "I helped to run the cake sale and we counted the money three times.",
    "I lived in another country until I was eight and went to school there.",
    "We measured the whole school yard and made a map of it.",
]

SUCCESSES = [
    "I finished the number puzzle book that my sister gave up on.",
    "My poster about fractions in cooking hung in the hall.",
    "I taught my little brother to tell the time.",
    "I won the second prize in the school's chess cup.",
    "I read a whole book in English by myself for the first time.",
]

GOALS = [
    ("academic", "I want to be able to compare fractions without drawing them.", "Because I am always the last to finish."),
    ("academic", "I want to explain decimals to my brother so that he gets it.", "If I can explain it, I know it."),
    ("personal", "I want to ask one question in class every week.", "I often stay silent although I have one."),
    ("career", "I want to find out what an architect does all day.", "I like to draw houses."),
    ("academic", "I want to get all my adding of fractions right twice in a row.", "I make the same mistake again and again."),
    ("personal", "I want to plan my homework so that Friday is free.", "On Fridays I have training."),
]

# Access for All terms (schema.org accessibility vocabulary, ISO/IEC 24751) and what is done in class
SUPPORTS = [
    ("magnification", "Large print for worksheets"),
    ("additional-testing-time", "Half as much time again in tests"),
    ("spoken", "Word problems are read aloud on request"),
    ("sign-language", "Sign language interpreter in whole-class lessons"),
]
