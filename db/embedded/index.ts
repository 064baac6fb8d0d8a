export { removeCluster } from './cluster';
export { EmbeddedFailure } from './failure';
export { type EmbeddedServer, startEmbedded } from './server';
