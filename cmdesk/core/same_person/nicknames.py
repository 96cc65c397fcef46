"""Given names that stand for each other, as people shorten or translate them. A line is a given name and what else it is written as."""

from __future__ import annotations

_LINES = """
abdallah abdullah
albert al bert bertie albrecht
alexander alex sander xander sasha sascha aleksandr aleksander alexandre alejandro alessandro aleks
alexandra alex sandra sasha aleksandra
alfred alf fred
andrew andy drew andreas andre andrei andrey andrej andriy andres
anna ann anne annie anja anya ania anushka anouk anneke hanna hannah
anthony tony antoine antonio anton antoon antonius toon
arthur artur art
barbara barb babs varvara
benjamin ben benny benji
bernard bernie berend bernhard
bogdan bohdan
catherine cath cathy kate katie katherine kathy kathryn katharina katja katya ekaterina yekaterina kateryna catharina caterina karin trijn
charles charlie chuck carl karl karel carlos chas
christine chris christina kristina tina christiane
christopher chris kris christoffer kristof christoph christian
cornelis kees cor cornelius
daniel dan danny daniil danila
david dave davey dawid
deborah deb debbie debora
dmitry dima dmitri dmitriy dimitri mitya dmytro
dorothy dot dottie dora
edward ed eddie ted ned eduard eduardo
elizabeth liz lizzy beth betty eliza elisabeth elisa lisa els liesbeth lies elsbeth elizaveta liza isabel
emily em emilie emilia
eugene gene yevgeny evgeny evgeni yevgeniy evgeniy zhenya evgenii yevhen
fatima fatma fatimah
francis frank fran franciscus frans frits francisco paco pancho franz francois francesco
frederick fred freddie freddy frederik fredrik friedrich fritz frits fedde
gabriel gabe
george georg georgios giorgos yiorgos jorge georgi georgy joris yuri yuriy iurii jurij
gerard gerrit gert ger gerhard gerry
gregory greg grigory grigoriy grigori grisha
helen helena elena yelena lena eleni olena helene heleen
henry hank harry hal hendrik henk henri enrique heinrich heinz
ibrahim abraham bram abe
irene irina ira iryna
jacob jake jakob jaap jacobus yakov koos cobus
jacqueline jackie
james jim jimmy jamie jaime
jeffrey jeff geoff geoffrey
jennifer jen jenny jenn
jessica jess jessie
joan joanna joanne jo johanna hanneke janneke
john johnny jack jon ivan jan johan johannes hans juan joao jean giovanni yannis ioannis giannis johann jonny vanya
jonathan jon jonny nathan
joseph joe joey jozef jose josef giuseppe pepe sjef iosif yusuf yousef youssef yosef
joshua josh
katarzyna kasia
kenneth ken kenny
konstantin kostya kostas konstantinos constantine costas constantijn
laurence larry laurens lawrence lorenzo laurent lars
leonard leo len lenny leonardo lennart
lewis lou louis lodewijk ludwig luis luigi lev
malgorzata gosia
margaret maggie meg peggy marge margriet greet margareta rita greta gretchen margarita
maria mary marie mia mieke marijke miriam maryam mariam masha mariya mariia ria
mark marc marco marcus markus marek marcos
martin marty maarten marten martijn martinus tinus
matthew matt matthias mathias matthijs thijs mateo mateusz matvey mathieu mattheus
maxim max maksim maximilian maksym maxime
michael mike mick mikey micky michiel michel mikhail misha miguel michal mikael mischa mihail mykhailo mikhael michail
mohammed muhammad mohamed mohammad muhammed mehmet mo mohamad
natalie nat natalia natasha nathalie nataliya natalya natalja nataliia
nathaniel nathan nate nat
nicholas nick nicky nico klaas nikolaus nikolai nikolay nikolas nikos nicolas niels nikolaos nils mykola
oleksandr oleksandra aleksandr alexander
olga olya
patricia pat patty tricia trish
patrick pat paddy padraig
paul pavel paulus pablo paolo pawel pauwel pauli pasha pavlo
peter pete piet pieter pjotr pyotr petr pedro pierre petros pietro petter petar petro
philip phil philippe filip felipe
rachel rach rachael rachelle
raphael raphy rafael raf rafal
raymond ray
rebecca becky bec rebekka
richard rich rick dick ricky ricardo rik ritchie
robert rob bob bobby robbie robin roberto bert rupert
ronald ron ronnie
samantha sam
samuel sam sammy
sergey sergei serge sergio seryozha serhiy sergiy
simon semyon simeon szymon
stephen steve steven stephan stefan stevie stephane esteban stepan stefano etienne
stanislav stas stan stanislaus
susan sue susie suzanne susanna suus
svetlana sveta
tatiana tanya tatyana tania tetiana
theodore ted theo teddy theodorus fyodor fedor
thomas tom tommy tomas thom tomasz maas
timothy tim timmy timo
valentina valya
valery valera valeri
victoria vicky vic viktoria viktoriya
victor viktor vic vitya
vincent vince vin vincenzo cent
vladimir vova volodya vlad volodymyr wladimir
vyacheslav slava viacheslav
walter walt wally wouter
william memo will bill billy willy willem wim wilhelm guillaume guillermo liam pim
yaroslav slava
zachary zach zack
"""

_NONE: frozenset[str] = frozenset()
_GROUPS: dict[str, frozenset[str]] = {}
for _line in _LINES.split("\n"):
    _words = _line.split()
    for _word in _words:
        _GROUPS[_word] = _GROUPS.get(_word, _NONE) | {_words[0]}


def formals(given: str) -> frozenset[str]:
    """The formal names that `given` (ASCII, small) may stand for; none for a name that is not listed."""
    return _GROUPS.get(given, _NONE)


def interchangeable(one: str, other: str) -> bool:
    """True for two given names of which one is a short or foreign form of the other."""
    return one in _GROUPS and other in _GROUPS and not _GROUPS[one].isdisjoint(_GROUPS[other])


def is_given(name: str) -> bool:
    """True for a given name that is listed."""
    return name in _GROUPS
