/** One incident's war room, its place in the address, and the verbs that change incidents, with their Undo. */
export { IncidentPane } from "./incident-pane.tsx";
export { closeIncident, openIncident } from "./incident-place.ts";
export { NoteForm } from "./note-form.tsx";
export { performVerb, undoLast } from "./perform-verb.ts";
