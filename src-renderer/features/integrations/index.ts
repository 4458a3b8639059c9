/** The sources that alerts come from, as a section of the settings. */
export { IntegrationsSection } from "./integrations-section.tsx";
