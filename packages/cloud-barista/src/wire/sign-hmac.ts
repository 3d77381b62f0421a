import { createHmac } from 'node:crypto';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** Go's `time.UnixDate` in UTC: `Mon Jan _2 15:04:05 UTC 2006`. */
function toUnixDate(date: Date): string {
  const day = String(date.getUTCDate()).padStart(2, ' ');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${weekdays[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${day} ${time} UTC ${date.getUTCFullYear()}`;
}

// The gateway splits the decoded token at `||`: a MAC that holds it, or ends in half of it, would be refused.
const splitsWrong = (mac: Buffer): boolean => mac.includes('||') || mac.at(-1) === 0x7c;

/**
 * A token of CB-APIGW's `mw-auth` middleware, for `Authorization: Bearer`: hex of the raw MAC, `||`, and
 * `time|duration|access id`. It is good for a little over ten minutes.
 * @see https://github.com/cloud-barista/cb-apigw (restapigw/pkg/middlewares/auth)
 */
export function signHmac(options: { accessId: string; secret: string; at: Date }): string {
  const time = toUnixDate(options.at);
  for (let extraSeconds = 0; ; extraSeconds += 1) {
    const duration = `10m${extraSeconds}s`;
    const mac = createHmac('sha256', options.secret).update(`${duration}^${time}^${options.accessId}`).digest();
    if (splitsWrong(mac)) continue;
    return Buffer.concat([mac, Buffer.from(`||${time}|${duration}|${options.accessId}`)]).toString('hex');
  }
}
