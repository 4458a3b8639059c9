/** What is done with an alert as it comes in: rules, mutes and windows, as a section of the settings. */
export { AlertRulesSection } from "./alert-rules-section.tsx";
export { type DraftRow, draftRow, type SeverityWord } from "./rule-draft.ts";
export { SeverityFields } from "./severity-fields.tsx";
