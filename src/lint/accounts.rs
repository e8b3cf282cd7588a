//! Accounts that can be lost or taken: weak protection, people who left, an address that does not fit; and accounts without a channel that is used.

use super::people::names;
use crate::finding::{Code, Finding, Level, Words};
use crate::insight::{self, Account, Book, REVIEW_DAYS, SecondStep, Stance};
use crate::model::EntityId;
use crate::text::{Span, fold};
use crate::words;

static CHANNEL_AND_ACCOUNT: Code =
    Code { id: "P324", name: "channel_and_account_disagree", level: Level::Warning, since: "0.1.0" };
static NO_SECOND_STEP: Code =
    Code { id: "P331", name: "account_without_two_factor", level: Level::Error, since: "0.1.0" };
static SMS_ONLY: Code =
    Code { id: "P332", name: "account_with_sms_only", level: Level::Warning, since: "0.1.0" };
static OLD_REVIEW: Code =
    Code { id: "P333", name: "old_access_review", level: Level::Warning, since: "0.1.0" };
static ACCESS_OF_LEAVER: Code =
    Code { id: "P334", name: "access_of_somebody_who_left", level: Level::Error, since: "0.1.0" };
static ODD_ADDRESS: Code =
    Code { id: "P336", name: "odd_account_address", level: Level::Warning, since: "0.1.0" };

/// Codes of this file.
pub static CODES: &[&Code] =
    &[&CHANNEL_AND_ACCOUNT, &NO_SECOND_STEP, &SMS_ONLY, &OLD_REVIEW, &ACCESS_OF_LEAVER, &ODD_ADDRESS];

/// All findings about accounts. That a channel has none is told by a rule of its kind.
pub fn check(book: Book<'_>, findings: &mut Vec<Finding>) {
    let accounts = insight::accounts(book);
    for account in &accounts {
        let Some(entity) = book.entity(account.id) else { continue };
        let title = &entity.title;
        findings.extend(second_step(account, title));
        findings.extend(review(account, title));
        if !account.gone.is_empty() {
            findings.push(leavers(book, account, title, entity.span));
        }
        findings.extend(address(account, title));
        let left = account.channels.iter().find(|id| insight::stance(book, **id) == Some(Stance::Left));
        findings.extend(left.and_then(|channel| of_left_channel(book, *channel, title, entity.span)));
    }
}

fn second_step(account: &Account<'_>, title: &str) -> Option<Finding> {
    let (step, span) = account.second_step?;
    let finding = match step {
        SecondStep::None => Finding::new(
            &NO_SECOND_STEP,
            span,
            words!("“{title}” opens with the password alone", "a «{title}» se entra solo con la contraseña"),
        )
        .why(words!(
            "one stolen password, and somebody else speaks in your name",
            "basta una contraseña robada para que otra persona hable en vuestro nombre"
        )),
        SecondStep::Sms => Finding::new(
            &SMS_ONLY,
            span,
            words!(
                "the second step of “{title}” is a text message",
                "el segundo paso de «{title}» es un SMS"
            ),
        )
        .why(words!(
            "whoever gets a copy of the phone's card gets the message too, and it only reaches one phone",
            "quien consiga un duplicado de la tarjeta del móvil recibe también el mensaje, y solo llega a un teléfono"
        )),
        SecondStep::Strong => return None,
    };
    Some(finding.help(words!(
        "switch on an authenticator app or a security key on the platform, then write it in `two_factor:`",
        "activa en la plataforma una aplicación de verificación o una llave, y escríbelo en `verificacion_en_dos_pasos:`"
    )))
}

fn review(account: &Account<'_>, title: &str) -> Option<Finding> {
    let (age, (_, span)) = account.age.zip(account.reviewed)?;
    account.is_overdue().then(|| {
        Finding::new(
            &OLD_REVIEW,
            span,
            words!(
                "nobody has looked at who gets into “{title}” for {age} days",
                "hace {age} días que nadie revisa quién entra en «{title}»"
            ),
        )
        .why(words!(
            "access is forgotten when people change; after {REVIEW_DAYS} days it has to be looked at again",
            "los accesos se olvidan cuando cambia la gente; pasados {REVIEW_DAYS} días hay que volver a mirarlos"
        ))
        .help(words!(
            "compare the list on the platform with `access:`, then write the day in `last_access_review:`",
            "compara la lista de la plataforma con `accesos:` y escribe el día en `revision_de_accesos:`"
        ))
    })
}

fn leavers(book: Book<'_>, account: &Account<'_>, title: &str, whole: Span) -> Finding {
    let written = account.access.iter().find(|access| account.gone.contains(&access.person));
    let Words { en, es } = names(book, &account.gone, false);
    let (has, sigue) = if account.gone.len() == 1 {
        ("has left and is still in", "ya no está y sigue en")
    } else {
        ("have left and are still in", "ya no están y siguen en")
    };
    Finding::new(
        &ACCESS_OF_LEAVER,
        written.map_or(whole, |access| access.span),
        words!("{en} {has} “{title}”", "{es} {sigue} «{title}»"),
    )
    .why(words!(
        "whoever no longer works here can still publish, or is the only one who could get the account back",
        "quien ya no trabaja aquí puede seguir publicando, o ser la única persona que puede recuperar la cuenta"
    ))
    .help(words!(
        "withdraw the access on the platform, then take the person out of `owners`, `access` and `recovery_contact`",
        "retira el acceso en la plataforma y después quita a esa persona de `titulares`, `accesos` y `contacto_de_recuperacion`"
    ))
}

fn address(account: &Account<'_>, title: &str) -> Option<Finding> {
    let url = account.url.as_ref()?;
    let odd = |message: Words| Finding::new(&ODD_ADDRESS, url.span, message);
    if !url.value.to_ascii_lowercase().starts_with("https://") {
        return Some(
            odd(words!(
                "the address of “{title}” does not begin with `https://`",
                "la dirección de «{title}» no empieza por `https://`"
            ))
            .why(words!(
                "an address that is not secured can be led elsewhere on the way",
                "una dirección sin cifrar se puede desviar por el camino"
            ))
            .help(words!(
                "write it as the browser shows it, with `https://`",
                "escríbela como la muestra el navegador, con `https://`"
            )),
        );
    }
    let handle = account.handle.as_ref().filter(|handle| !fits(&handle.value, &url.value))?;
    let name = &handle.value;
    Some(
        odd(words!(
            "the address does not contain the handle `{name}`",
            "la dirección no contiene el nombre de usuario `{name}`"
        ))
        .mark(words!("leads to another account?", "¿lleva a otra cuenta?"))
        .why(words!(
            "by name and address people tell the official account from a false one",
            "por el nombre y la dirección se distingue la cuenta oficial de una falsa"
        ))
        .help(words!(
            "open the address and copy the handle that is shown there",
            "abre la dirección y copia el nombre de usuario que aparece allí"
        )),
    )
}

/// Whether a name with `@` may belong to an address. Addresses with numbers in place of names say nothing.
fn fits(handle: &str, url: &str) -> bool {
    let letters =
        |text: &str| -> String { fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let Some(name) = handle.trim().strip_prefix('@').filter(|name| !name.contains(['@', ' '])) else {
        return true;
    };
    let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_number = last.contains(['?', '=']) || last.chars().filter(char::is_ascii_digit).count() > 5;
    let is_opaque = last.is_empty() || is_number || path.starts_with("channel/");
    is_opaque || letters(url).contains(&letters(name))
}

fn of_left_channel(book: Book<'_>, channel: EntityId, title: &str, span: Span) -> Option<Finding> {
    let channel = &book.entity(channel)?.title;
    Some(
        Finding::new(
            &CHANNEL_AND_ACCOUNT,
            span,
            words!(
                "“{title}” is in force, and it was decided not to use {channel}",
                "«{title}» sigue en vigor, y se decidió no usar {channel}"
            ),
        )
        .why(words!(
            "an account that nobody looks after is what gets taken over first",
            "una cuenta de la que nadie se ocupa es la primera que se pierde o secuestran"
        ))
        .help(words!(
            "close it and write `status: retired`, or change the decision of the channel",
            "ciérrala y escribe `estado: retirado`, o cambia la decisión del canal"
        )),
    )
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn handles_and_addresses() {
        assert!(fits("@AlderLibrary", "https://social.example/alder.library/"));
        assert!(fits("@alder", "https://alder.social.example/"));
        assert!(fits("@alder", "https://video.example/channel/UCx1"));
        assert!(fits("@alder", "https://social.example/profile?id=7"));
        assert!(fits("@alder", "https://social.example"));
        assert!(fits("Alder Library", "https://social.example/anything"));
        assert!(!fits("@alder", "https://social.example/birch"));
    }
}
