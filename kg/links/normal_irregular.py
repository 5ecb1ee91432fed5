"""Irregular forms of verbs and nouns, each with the form that the rules for endings can work on."""

from __future__ import annotations

from collections.abc import Mapping

_ENGLISH = """
    began begun begin; bent bend; bit bitten bite; bled bleed; blew blown blow; bore borne bear; bought
    buy; bound bind; bred breed; broke broken break; brought bring; built build; burnt burn; caught
    catch; chose chosen choose; clung cling; crept creep; dealt deal; did done do; died dies dying die;
    drank drunk drink; drew drawn draw; drove driven drive; dug dig; dying die; fell fallen fall; fed
    feed; fled flee; flew flown fly; flung fling; forbade forbidden forbid; forgot forgotten forget;
    forgave forgiven forgive; fought fight; found find; froze frozen freeze; gave given give; grew grown
    grow; hanged hung hang; heard hear; held hold; hid hidden hide; kept keep; knew known know; laid
    lay; led lead; lent lend; left leave; lied lies lying lie; lit light; lost lose; made make; meant
    mean; met meet; mistook mistaken mistake; overthrew overthrown overthrow; overflew overflown
    overfly; paid pay; proven prove; ran run; rang rung ring; rode ridden ride; rose risen rise; sank
    sunk sink; sat sit; saw seen see; sawn saw; sent send; sewn sew; shaken shook shake; shone shine;
    shot shots shoot; shown show; shrank shrunk shrink; slain slew slay; slept sleep; slid slide; sold
    sell; sought seek; sown sow; spent spend; spied spies spy; spilt spill; split split; spoke spoken
    speak; spoilt spoil; sprang sprung spring; sprayed spray; stolen stole steal; stood stand; stuck
    stick; stung sting; struck strike; sued sue; swam swum swim; swept sweep; swore sworn swear; swung
    swing; taught teach; thrown threw throw; told tell; took taken take; tied tie; tore torn tear; trod
    trodden tread; understood understand; undertook undertaken undertake; withdrew withdrawn withdraw;
    withheld withhold; woke woken wake; won win; wore worn wear; wove woven weave; written wrote write;
    children child; men man; women woman; feet foot; teeth tooth; mice mouse; geese goose; lives life;
    knives knife; wives wife; thieves thief; wolves wolf; leaves leaf; halves half; fishermen fisherman;
    policemen policeman; salesmen salesman
"""
_FRENCH = """
    acquis acquise acquises acquiert acquièrent acquérir; admis admise admettre; appris apprise apprend
    apprennent apprendre; assis asseoir; atteint atteinte atteints atteindre; battu battus battue bat
    battent battait battre; bu boivent boit boire; commis commise commises commet commettent commettre;
    compris comprend comprennent comprendre; conclu conclure; conquis conquise conquérir; connu connue
    connaît connaissait connaître; contraint contrainte contraints contraignent contraindre; cousu
    coudre; craint craignent craindre; cru croit croient croire; cuit cuite cuire; couru court courent
    courir; couvert couverte couverts couvre couvrir; découvert découverte découvre découvrir; décrit
    décrite décrire; détenu détenue détenus détient détiennent détenir; disparu disparue disparus
    disparaît disparaissent disparaître; dit dite dits disent disait dire; dû due doivent doit devait
    devoir; élu élue élus élire; émis émise émet émettre; empreint enfreint enfreignent enfreindre;
    enfui enfuis enfuie fui fuit fuient fuyait fuir; éteint éteinte éteints éteindre; eu avoir; exclu
    exclue exclure; fait faite faits faites font faisait faire; fui fuir; inscrit inscrite inscrire;
    interdit interdite interdits interdisent interdire; introduit introduire; joint joindre; lu lue lus
    lit lisent lire; maintenu maintient maintenir; menti ment mentent mentait mentir; mis mise mises met
    mettent mettait mettre; mort morte morts mourir meurt meurent mourir; né née naître; nui nuire;
    obtenu obtenue obtient obtiennent obtenir; offert offerte offre offrir; omis omise omettre; ouvert
    ouverte ouverts ouvertes ouvre ouvrent ouvrait ouvrir; paru paraître; parvenu parvenir; peint peinte
    peindre; permis permise permet permettre; plaint plaindre; poursuivi poursuivie poursuit poursuivent
    poursuivre; prévenu prévenue prévient prévenir; pris prise pris prises prend prennent prenait
    prendre; promis promise promet promettent promettre; reçu reçue reçoit reçoivent recevoir; remis
    remise remet remettre; repris reprend reprendre; résolu résoudre; retenu retenue retient retiennent
    retenir; ri rire; rompu rompt rompre; satisfait satisfaire; su sait savent savait savoir; soumis
    soumise soumet soumettre; souffert souffrir; soutenu soutenue soutient soutiennent soutenir; souvenu
    souvenir; suivi suivie suivis suit suivent suivait suivre; surpris surprend surprendre; survécu
    survit survivre; tenu tenue tient tiennent tenait tenir; teint teindre; tordu tordre; transmis
    transmise transmet transmettre; trahi trahie trahit trahissent trahir; tué tuée tués tuées tue tuent
    tuait tuer; tu taire; vaincu vaincre; vécu vit vivent vivait vivre; venu venue venus vient viennent
    venait venir; vêtu vêtir; vu vue vus voit voient voyait voir; voulu veut veulent vouloir; nié niée
    nie nient nier; lié liée lier; payé payée paie paient paye payer; essayé essaie essayer; envoyé
    envoyée envoie envoient envoyer; broyé broie broyer; noyé noyée noient noyer; employé emploie
    employer; emmené emmène emmènent emmener; amené amène amener; mené mène mènent mener; enlevé enlève
    enlèvent enlever; levé lève lever; acheté achète achètent acheter; rejeté rejette rejettent rejeter;
    jeté jette jettent jeter; appelé appelle appeler; gelé gèle geler; séché sèche sèchent sécher; volé
    vole volent volait voler; yeux œil; cieux ciel; travaux travail; chevaux cheval; animaux animal
"""


def _table(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in text.split(";"):
        *forms, base = line.split()
        found.update(dict.fromkeys(forms, base))
    return found


IRREGULAR: Mapping[str, Mapping[str, str]] = {"en": _table(_ENGLISH), "fr": _table(_FRENCH)}
"""For a form, the base form, by language; lower case, with accents."""
