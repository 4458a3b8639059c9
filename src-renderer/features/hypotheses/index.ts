/** Why an incident may have happened: the panel of its war room. */
export { HypothesesPanel } from "./hypotheses-panel.tsx";
