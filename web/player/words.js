// What the player says, in its languages, and times for the eye and the ear.

const STRINGS = {
  en: {
    group: "Listen to this article", listen: "Listen", resume: "Continue", min: "min", play: "Play", pause: "Pause",
    replay: "Play again", back: "Back 10 seconds", forward: "Forward 10 seconds", seek: "Position",
    speed: "Speed", loading: "Loading", playing: "Playing", ended: "Finished", retry: "Try again",
    failed: "The audio could not be loaded.", lost: "The audio was interrupted.",
    unavailable: "Audio is not available", expired: "This preview has ended.", of: "of", minute: ["minute", "minutes"], second: ["second", "seconds"],
  },
  de: {
    group: "Diesen Artikel anhören", listen: "Anhören", resume: "Weiterhören", min: "Min.", play: "Wiedergeben", pause: "Pause",
    replay: "Noch einmal", back: "10 Sekunden zurück", forward: "10 Sekunden vor", seek: "Position",
    speed: "Tempo", loading: "Wird geladen", playing: "Wiedergabe läuft", ended: "Ende", retry: "Erneut versuchen",
    failed: "Das Audio konnte nicht geladen werden.", lost: "Die Wiedergabe wurde unterbrochen.",
    unavailable: "Kein Audio verfügbar", expired: "Diese Vorschau ist abgelaufen.", of: "von", minute: ["Minute", "Minuten"], second: ["Sekunde", "Sekunden"],
  },
  fr: {
    group: "Écouter cet article", listen: "Écouter", resume: "Reprendre", min: "min", play: "Lire", pause: "Pause",
    replay: "Réécouter", back: "Reculer de 10 secondes", forward: "Avancer de 10 secondes", seek: "Position",
    speed: "Vitesse", loading: "Chargement", playing: "Lecture en cours", ended: "Terminé", retry: "Réessayer",
    failed: "L’audio n’a pas pu être chargé.", lost: "La lecture a été interrompue.",
    unavailable: "Audio non disponible", expired: "Cet aperçu a expiré.", of: "sur", minute: ["minute", "minutes"], second: ["seconde", "secondes"],
  },
  es: {
    group: "Escuchar este artículo", listen: "Escuchar", resume: "Continuar", min: "min", play: "Reproducir", pause: "Pausa",
    replay: "Volver a escuchar", back: "Retroceder 10 segundos", forward: "Avanzar 10 segundos", seek: "Posición",
    speed: "Velocidad", loading: "Cargando", playing: "Reproduciendo", ended: "Fin", retry: "Reintentar",
    failed: "No se ha podido cargar el audio.", lost: "La reproducción se ha interrumpido.",
    unavailable: "Audio no disponible", expired: "Esta vista previa ha caducado.", of: "de", minute: ["minuto", "minutos"], second: ["segundo", "segundos"],
  },
};

/** 65 → "1:05", for the eye. */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** 65 → "1 minute 5 seconds", for the ear. */
function inWords(seconds, t) {
  const count = (n, [one, many]) => `${n} ${n === 1 ? one : many}`;
  const minutes = Math.floor(seconds / 60), rest = Math.floor(seconds % 60);
  return [minutes && count(minutes, t.minute), (rest || !minutes) && count(rest, t.second)].filter(Boolean).join(" ");
}
