// Gives the server behind `npm start` its endpoint for feeds, switched on or not.
import type { Plugin } from 'vite';
import { FEED_PATH } from '../../src/core/followApi.ts';
import { createFeedEndpoint, type FeedEndpointOptions } from './feedEndpoint.ts';
import { fetchFeed } from './fetchFeed.ts';

/** Set by `npm start -- --feeds`. */
export const FEEDS_VARIABLE = 'KINDRED_FEEDS';

export function feedPlugin(options: Partial<FeedEndpointOptions> = {}): Plugin {
  return {
    name: 'kindred-feeds',
    configurePreviewServer({ config, middlewares }) {
      const { host, allowedHosts } = config.preview;
      const names = [typeof host === 'string' ? host : [], Array.isArray(allowedHosts) ? allowedHosts : []].flat();
      const enabled = process.env[FEEDS_VARIABLE] === 'on';
      const endpoint = createFeedEndpoint({ enabled, names, fetchFeed, ...options });
      middlewares.use(config.base + FEED_PATH, (request, response, next) => {
        // Mounted there, it sees what is below.
        if (request.url === '/' || request.url === '') void endpoint(request, response);
        else next();
      });
    },
  };
}
