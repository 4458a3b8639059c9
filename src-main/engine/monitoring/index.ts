export { CorrelationService } from "./correlation/correlation-service.ts";
export { MonitoringService } from "./monitoring-service.ts";
