export { toldDeployment } from "./changes.ts";
export { InsightService } from "./insight-service.ts";
