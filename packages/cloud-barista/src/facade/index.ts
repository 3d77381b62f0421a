export { CredentialKeys } from './credential-keys.ts';
export { FacadeError, noNamespace } from './facade-error.ts';
export type { FacadeConsole, FacadeRequest, FacadeTools } from './console.ts';
export type { FacadeRoute } from './route.ts';
export { RequestLog, type LoggedRequest } from './request-log.ts';
export { facadeRoutes } from './routes.ts';
export { defaultHolder } from './write/connection.ts';
