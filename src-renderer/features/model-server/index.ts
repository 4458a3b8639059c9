/** The language model that may be asked: a section of the settings, and what it may be told. */
export { consultationWords } from "./consultation-words.ts";
export { stageOf } from "./egress-words.ts";
export { ModelServerSection } from "./model-server-section.tsx";
export { useAssistant } from "./use-assistant.ts";
