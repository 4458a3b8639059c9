import { type DemoModel, dailySwing } from "./demo-model.ts";
import { rounded } from "./draws.ts";

const channels = [
	["web", 42],
	["ios", 31],
	["android", 27],
] as const;
const countries = [
	["DE", 38],
	["FR", 20],
	["NL", 13],
	["GB", 11],
	["ES", 9],
	["PL", 6],
	["VN", 3],
] as const;

/**
 * Logins. Every night bots try stolen passwords while customers sleep, and weekends are
 * quiet: the score swings with the hour and a little with the weekday, and nothing drifts.
 */
export const accountTakeover: DemoModel = {
	modelId: "account-takeover-v2",
	version: "2.9.0",
	seed: 0x5eed_0002,
	eventsIn: ({ hourOfDay, isWeekend }) =>
		26 * (1 + 0.75 * dailySwing(hourOfDay, 14)) * (isWeekend ? 0.6 : 1),
	draw: (draws, { hourOfDay, isWeekend }) => {
		const night = (1 + dailySwing(hourOfDay, 3)) / 2;
		const isBot = draws.chance(0.02 + 0.3 * night ** 2);
		const channel = draws.among(channels);
		const country = draws.among(countries);
		const addressRisk = isBot
			? 1 - draws.share() ** 2 * 0.7
			: draws.share() ** 2.2;
		const attempts = 1 + draws.poisson(isBot ? 3.5 : 0.4);
		const isNewDevice = draws.chance(isBot ? 0.7 : 0.12);
		const deviceAge = Math.floor(Math.exp(4.8 + 1.1 * draws.normal()));
		const typing = Math.min(
			1,
			Math.max(0, (isBot ? 0.45 : 0.78) + 0.14 * draws.normal()),
		);
		const passwordAge = Math.floor(Math.exp(6.5 + 1.4 * draws.normal()));
		const passwordAgeKnown = !draws.chance(0.2);
		const real =
			-4 +
			2.2 * addressRisk +
			0.45 * (attempts - 1) +
			(isNewDevice ? 1.3 : -0.1 * Math.log(1 + deviceAge)) +
			4 * (0.7 - typing) +
			(country === "VN" ? 0.8 : 0) +
			(isWeekend ? 0.25 : 0) +
			0.5 * draws.normal();
		return {
			entityId: `user-${10_000 + Math.floor(draws.share() * 12_000)}`,
			features: {
				address_risk: rounded(addressRisk, 3),
				login_attempts: attempts,
				is_new_device: isNewDevice,
				device_age_days: isNewDevice ? null : deviceAge,
				typing_match: rounded(typing, 3),
				hours_since_password_change: passwordAgeKnown ? passwordAge : null,
				channel,
				country,
			},
			told: real,
			real,
		};
	},
};
