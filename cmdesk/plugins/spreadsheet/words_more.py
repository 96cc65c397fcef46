"""What columns are called in Italian, Polish, Portuguese, Japanese and Arabic; `words` puts them behind its own."""

from __future__ import annotations

PEOPLE = {
    "person": "identyfikator numerczłonkowski numer matricola codice matrícula 社員番号 会員番号 学籍番号 番号 ユーザーid الرقمالوظيفي المعرف الرقم",
    "email": "adresemail adrespocztyelektronicznej poczta indirizzoemail postaelettronica endereçodeemail メールアドレス メール eメール البريدالإلكتروني البريد",
    "name": "imięinazwisko nazwiskoiimię nominativo nomecompleto nome 氏名 名前 お名前 会員名 الاسمالكامل الاسم اسمالموظف",
    "first": "imię primeironome 名 الاسمالأول",
    "last": "nazwisko cognome sobrenome apelido 姓 اسمالعائلة اللقب",
    "unit": "dział wydział zespół reparto dipartimento 部署 所属 部門 課 القسم الإدارة",
    "role": "stanowisko funkcja rola ruolo qualifica mansione função 役職 職位 المسمىالوظيفي الوظيفة المنصب",
    "place": "miasto lokalizacja sede città cidade 勤務地 所在地 المدينة الموقع",
    "organisation": "firma organizacja azienda società organizzazione organização 会社 会社名 組織 الشركة المؤسسة",
    "groups": "grupa grupy gruppo gruppi グループ 班 チーム المجموعة الفريق",
    "joined": "datadołączenia datazatrudnienia członekod dataassunzione datadiiscrizione iscrittodal datadeadmissão membrodesde 入社日 入会日 登録日 تاريخالانضمام تاريخالتعيين",
    "active": "aktywny attivo ativo",
}
TIES = {
    "source": "od źródło da origine origem から 送信元 発信者 من",
    "target": "do cel a destinazione para へ 宛先 受信者 إلى",
    "person": "osoba persona pessoa 人 الشخص",
    "group": "grupa gruppo grupo グループ المجموعة",
    "weight": "waga liczba częstość frequenza frequência 重み 回数 頻度 الوزن العدد",
    "relation": "relacja rodzaj typ relazione relação 関係 種類 العلاقة النوع",
    "time": "日時 日付 التاريخ",
}
LOG = {
    "actor": "nadawca autore mittente utente remetente usuário 投稿者 送信者 発言者 作成者 المرسل الكاتب",
    "target": "odbiorca odbiorcy adresat destinatari destinatário 宛先 受信者 المستلم المرسلإليه",
    "type": "rodzaj typ 種類 النوع",
    "time": "dataigodzina datautworzenia dataeora dataehora 投稿日時 日時 日付 التاريخ",
    "clock": "ora 時刻 الوقت",
    "group": "grupa kanał gruppo canale グループ チャンネル チャネル المجموعة القناة",
    "text": "treść wiadomość messaggio testo mensagem 本文 メッセージ 内容 الرسالة النص",
    "title": "temat tytuł oggetto titolo assunto 件名 タイトル الموضوع العنوان",
}
