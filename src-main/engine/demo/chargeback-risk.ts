import { type DemoModel, dailySwing } from "./demo-model.ts";
import { rounded } from "./draws.ts";

const shippings = [
	["standard", 58],
	["express", 24],
	["pickup", 18],
] as const;
const methods = [
	["card", 52],
	["wallet", 27],
	["invoice", 14],
	["transfer", 7],
] as const;
const departments = [
	["fashion", 33],
	["home", 24],
	["electronics", 19],
	["toys", 13],
	["beauty", 11],
] as const;

/** Orders in a shop. All is well. */
export const chargebackRisk: DemoModel = {
	modelId: "chargeback-risk-v1",
	version: "1.7.3",
	seed: 0x5eed_0003,
	eventsIn: ({ hourOfDay, isWeekend }) =>
		21 * (1 + 0.5 * dailySwing(hourOfDay, 19)) * (isWeekend ? 1.2 : 1),
	draw: (draws) => {
		const shipping = draws.among(shippings);
		const method = draws.among(methods);
		const department = draws.among(departments);
		const items = 1 + draws.poisson(1.6);
		const logValue =
			3.3 +
			0.45 * Math.log(items) +
			(department === "electronics" ? 1.1 : 0) +
			0.7 * draws.normal();
		const orders = draws.poisson(draws.chance(0.35) ? 0.2 : 7);
		const deliveryDays =
			shipping === "pickup"
				? 0
				: 1 + draws.poisson(shipping === "express" ? 0.6 : 3);
		const isDelivered = !draws.chance(0.06);
		const addressMatches = draws.chance(0.88);
		const real =
			-3.1 +
			0.6 * (logValue - 3.8) -
			0.22 * orders +
			0.18 * deliveryDays +
			(addressMatches ? -0.3 : 1.5) +
			(method === "card" ? 0.4 : method === "invoice" ? 0.9 : -0.3) +
			0.6 * draws.normal();
		return {
			entityId: `customer-${10_000 + Math.floor(draws.share() * 15_000)}`,
			features: {
				order_value: rounded(Math.exp(logValue), 2),
				basket_items: items,
				past_orders: orders,
				delivery_days: isDelivered ? deliveryDays : null,
				address_matches: addressMatches,
				shipping,
				payment_method: method,
				department,
			},
			told: real,
			real,
		};
	},
};
