export { ModelsService } from "./models-service.ts";
export type { ModelVersion, RegisteredModel } from "./registered-model.ts";
export { modelStages, stageEdges } from "./stages.ts";
