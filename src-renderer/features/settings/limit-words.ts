/** A number of requests; 0 stands for a limit that is turned off. */
export function limitWords(requests: number): string {
	return requests === 0 ? "No limit" : requests.toLocaleString("en");
}

/** A length of time in its largest whole unit: `60 s`, `5 min`, `1 h`. */
export function windowWords(seconds: number): string {
	if (seconds > 0 && seconds % 3_600 === 0) return `${seconds / 3_600} h`;
	if (seconds > 60 && seconds % 60 === 0) return `${seconds / 60} min`;
	return `${seconds} s`;
}
