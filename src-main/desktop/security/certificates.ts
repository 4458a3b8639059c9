import type { CertificateApp } from "../electron-parts.ts";

/** No certificate error is ever waved through, and no client certificate is ever offered. */
export function denyCertificateErrors(app: CertificateApp): void {
	app.on("certificate-error", (event, _contents, _url, _error, _, answer) => {
		event.preventDefault();
		answer(false);
	});
	app.on("select-client-certificate", (event, _contents, _url, _, answer) => {
		event.preventDefault();
		answer();
	});
}
