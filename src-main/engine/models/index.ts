export { modelIdOf } from "./model-id.ts";
export { ModelsService } from "./models-service.ts";
export {
	firstVersion,
	type ModelFilter,
	type ModelOrigin,
	type ModelRegistration,
	type ModelVersion,
	type RegisteredModel,
} from "./registered-model.ts";
export {
	type ModelStage,
	modelStages,
	stageEdges,
} from "./stages.ts";
