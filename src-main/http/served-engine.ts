import type { AnalyticsService } from "../engine/analytics/index.ts";
import type { DriftService } from "../engine/drift/index.ts";
import type { EventFeed } from "../engine/feed/index.ts";
import type { IdentityService } from "../engine/identity/index.ts";
import type { IncidentsService } from "../engine/incidents/index.ts";
import type { InsightService } from "../engine/insight/index.ts";
import type { ModelsService } from "../engine/models/index.ts";
import type { MonitoringService } from "../engine/monitoring/index.ts";
import type {
	PlaybookCatalogue,
	PlaybooksService,
} from "../engine/playbooks/index.ts";
import type { Clock, Log } from "../engine/ports.ts";
import type { PredictionsService } from "../engine/predictions/index.ts";
import type { ContractServices } from "../engine/services/index.ts";
import type { UploadRegistry } from "../engine/uploads/index.ts";

/** What the listeners need of an engine; the composition root hands it over. */
export interface ServedEngine {
	readonly identity: IdentityService;
	readonly uploads: UploadRegistry;
	readonly predictions: PredictionsService;
	readonly drift: DriftService;
	readonly models: ModelsService;
	readonly incidents: IncidentsService;
	/** The playbooks of this machine. */
	readonly catalogue: PlaybookCatalogue;
	readonly playbooks: PlaybooksService;
	/** What incidents are thought to come from. */
	readonly insight: InsightService;
	/** What happened over time, and what it cost. */
	readonly analytics: AnalyticsService;
	/** Other monitoring systems, and what they tell. */
	readonly monitoring: MonitoringService;
	readonly feed: EventFeed;
	/** The contract's calls. */
	readonly services: ContractServices;
	readonly clock: Clock;
	readonly log: Log;
}
