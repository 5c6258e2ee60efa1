import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./components/shell/locale.ts');

/** Pages only: HTTP, sockets, tRPC and the security headers belong to server/main.ts. */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  allowedDevOrigins: ['127.0.0.1'],
  typescript: { ignoreBuildErrors: true }, // types are checked by `npm run check`, with the tests
};

export default withNextIntl(config);
