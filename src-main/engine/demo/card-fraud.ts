import { type DemoModel, dailySwing } from "./demo-model.ts";
import { rounded } from "./draws.ts";

const categories = [
	["groceries", 30],
	["restaurants", 20],
	["fuel", 14],
	["electronics", 13],
	["gaming", 12],
	["travel", 11],
] as const;
const categoryRisk = {
	groceries: -0.6,
	restaurants: -0.3,
	fuel: -0.2,
	electronics: 0.6,
	gaming: 0.7,
	travel: 0.4,
} as const;
const categoryPrice = {
	groceries: 3.4,
	restaurants: 3.6,
	fuel: 3.9,
	electronics: 4.5,
	gaming: 3.1,
	travel: 4.9,
} as const;
const providers = [
	["northpay", 45],
	["clearwire", 35],
	["paylane", 20],
] as const;
const countries = [
	["DE", 34],
	["FR", 22],
	["NL", 14],
	["GB", 12],
	["PL", 10],
	["US", 5],
	["BR", 3],
] as const;

/**
 * Card payments. One provider begins to send amounts in cents, at an hour of the story: the
 * model sees them a hundred times too large and calls good payments fraud.
 */
export const cardFraud: DemoModel = {
	modelId: "card-fraud-v3",
	version: "3.4.1",
	seed: 0x5eed_0001,
	eventsIn: ({ hourOfDay, isWeekend }) =>
		23 * (1 + 0.6 * dailySwing(hourOfDay, 15)) * (isWeekend ? 1.15 : 1),
	draw: (draws, { hasCents }) => {
		const category = draws.among(categories);
		const provider = draws.among(providers);
		const country = draws.among(countries);
		const isForeign = country === "US" || country === "BR";
		const logAmount = categoryPrice[category] + 0.8 * draws.normal();
		const inCents = hasCents && provider === "northpay";
		const amount = rounded(Math.exp(logAmount), 2);
		const accountAge = Math.floor(Math.exp(5.6 + 1.2 * draws.normal()));
		const cardPresent = draws.chance(category === "gaming" ? 0.05 : 0.5);
		const payments = draws.poisson(draws.chance(0.06) ? 6 : 1.2);
		const trust = Math.sqrt(draws.share());
		const trustKnown = !draws.chance(0.08);
		const countryKnown = !draws.chance(0.03);
		const real =
			-4.1 +
			0.8 * (logAmount - 3.8) +
			categoryRisk[category] +
			(cardPresent ? -0.8 : 0.4) +
			0.5 * payments -
			0.35 * (Math.log(1 + accountAge) - 5.6) +
			3 * (0.67 - (trustKnown ? trust : 0.6)) +
			(isForeign ? 1.2 : 0) +
			0.5 * draws.normal();
		return {
			entityId: `card-${10_000 + Math.floor(draws.share() * 20_000)}`,
			features: {
				amount: inCents ? Math.round(amount * 100) : amount,
				merchant_category: category,
				payment_provider: provider,
				issuer_country: countryKnown ? country : null,
				card_present: cardPresent,
				account_age_days: accountAge,
				payments_last_hour: payments,
				device_trust: trustKnown ? rounded(trust, 3) : null,
			},
			told: real + (inCents ? 0.8 * Math.log(100) : 0),
			real,
		};
	},
};
