// Generated from the OpenAPI document by `npm run client:generate`. Do not edit.

export interface paths {
    "/v1/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See the attempts of the last hour
         * @description Minute by minute, oldest first, those without any as well; a few seconds late.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Those of every integration */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RecentAttempts"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who changed what, and why
         * @description Newest first. What the system did in its own name is by `system`.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items of one page; 50 unless said */
                    pageSize?: number | undefined;
                    /** @description `nextPageToken` of the page before */
                    pageToken?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AuditPage"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find deliveries
         * @description Newest first. Where there is a `nextPageToken`, there may be more, also after a page that is short or empty.
         */
        get: {
            parameters: {
                query?: {
                    cause?: string | undefined;
                    integration?: string | undefined;
                    kind?: ("transient" | "misconfigured" | "rejected" | "unknown" | "held") | undefined;
                    /** @description Items of one page; 50 unless said */
                    pageSize?: number | undefined;
                    /** @description `nextPageToken` of the page before */
                    pageToken?: string | undefined;
                    /** @description Start of the name, code or taxId of the center */
                    q?: string | undefined;
                    /** @description Last attempt at or after this time */
                    since?: string | undefined;
                    state?: ("waiting" | "delivering" | "retrying" | "parked" | "rejected" | "delivered") | undefined;
                    /** @description Last attempt before this time */
                    until?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DeliveryPage"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{integration}/{centerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See one delivery with its history */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the center (UUID) */
                    centerId: string;
                    integration: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The delivery */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Delivery"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{integration}/{centerId}:redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one delivery again */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the center (UUID) */
                    centerId: string;
                    integration: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default false */
                        force?: boolean | undefined;
                        /** @description Why; kept in the audit log */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description It will be sent with the next sweep */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This is delivered already */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/distribution-centers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List distribution centers
         * @description Newest first. Where there is a `nextPageToken`, there are more.
         */
        get: {
            parameters: {
                query?: {
                    /** @description IBGE municipality code */
                    cityCode?: string | undefined;
                    /** @description Items of one page; 50 unless said */
                    pageSize?: number | undefined;
                    /** @description `nextPageToken` of the page before */
                    pageToken?: string | undefined;
                    /** @description Start of name, code or taxId, without regard to case and accents */
                    q?: string | undefined;
                    /** @description UF, in either case */
                    state?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DistributionCenterPage"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Register a distribution center
         * @description Accepts the center and makes it known to every integration. The same data again is answered 200 and changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Makes a retry safe: the first answer is given again for 24 h. 1 to 255 characters, quoted or bare */
                    "idempotency-key"?: string | undefined;
                    /** @description W3C trace context, continued to the downstream calls */
                    traceparent?: string | undefined;
                } | undefined;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "name": "CD Cajamar",
                     *       "code": "CD-SP-01",
                     *       "taxId": "11222333000181",
                     *       "address": {
                     *         "street": "Rodovia Anhanguera",
                     *         "number": "km 38",
                     *         "complement": "Galpao 2",
                     *         "district": "Jordanesia",
                     *         "city": "Cajamar",
                     *         "cityCode": "3509205",
                     *         "state": "SP",
                     *         "postalCode": "07786000"
                     *       },
                     *       "location": {
                     *         "latitude": -23.355,
                     *         "longitude": -46.876
                     *       },
                     *       "contact": {
                     *         "name": "Ana Souza",
                     *         "email": "ana@example.com",
                     *         "phone": "+551133334444"
                     *       }
                     *     }
                     */
                    "application/json": {
                        address: {
                            city: string;
                            /**
                             * @description IBGE municipality code
                             * @example 3509205
                             */
                            cityCode: string;
                            complement?: string | undefined;
                            district: string;
                            number: string;
                            /**
                             * @description CEP, with or without dash
                             * @example 07786000
                             */
                            postalCode: string;
                            /**
                             * @description UF, in either case
                             * @example SP
                             */
                            state: string;
                            street: string;
                        };
                        code?: string | undefined;
                        contact?: {
                            /** Format: email */
                            email?: string | undefined;
                            name?: string | undefined;
                            phone?: string | undefined;
                        } | undefined;
                        location?: {
                            latitude: number;
                            longitude: number;
                        } | undefined;
                        name: string;
                        /**
                         * @description CNPJ, numeric or alphanumeric, with or without punctuation
                         * @example 11222333000181
                         */
                        taxId: string;
                    };
                };
            };
            responses: {
                /** @description Registered before with the same data; with ETag and Location */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AcceptedCenter"];
                    };
                };
                /** @description Registered; with ETag and Location */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AcceptedCenter"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description A center with this taxId exists with other data */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This Idempotency-Key was used with another body */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/distribution-centers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a distribution center */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description ETag of the version that the caller has */
                    "if-none-match"?: string | undefined;
                } | undefined;
                path: {
                    /** @description Id of the center (UUID) */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The current version; its ETag goes into If-Match of a change */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DistributionCenter"];
                    };
                };
                /** @description The caller has the current version */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Change a distribution center
         * @description Replaces the data. Data equal to the current version is answered 200 and changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required: ETag of the version that is changed, or `*` */
                    "if-match"?: string | undefined;
                    /** @description W3C trace context, continued to the downstream calls */
                    traceparent?: string | undefined;
                } | undefined;
                path: {
                    /** @description Id of the center (UUID) */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "name": "CD Cajamar",
                     *       "code": "CD-SP-01",
                     *       "taxId": "11222333000181",
                     *       "address": {
                     *         "street": "Rodovia Anhanguera",
                     *         "number": "km 38",
                     *         "complement": "Galpao 2",
                     *         "district": "Jordanesia",
                     *         "city": "Cajamar",
                     *         "cityCode": "3509205",
                     *         "state": "SP",
                     *         "postalCode": "07786000"
                     *       },
                     *       "location": {
                     *         "latitude": -23.355,
                     *         "longitude": -46.876
                     *       },
                     *       "contact": {
                     *         "name": "Ana Souza",
                     *         "email": "ana@example.com",
                     *         "phone": "+551133334444"
                     *       }
                     *     }
                     */
                    "application/json": {
                        address: {
                            city: string;
                            /**
                             * @description IBGE municipality code
                             * @example 3509205
                             */
                            cityCode: string;
                            complement?: string | undefined;
                            district: string;
                            number: string;
                            /**
                             * @description CEP, with or without dash
                             * @example 07786000
                             */
                            postalCode: string;
                            /**
                             * @description UF, in either case
                             * @example SP
                             */
                            state: string;
                            street: string;
                        };
                        code?: string | undefined;
                        contact?: {
                            /** Format: email */
                            email?: string | undefined;
                            name?: string | undefined;
                            phone?: string | undefined;
                        } | undefined;
                        location?: {
                            latitude: number;
                            longitude: number;
                        } | undefined;
                        name: string;
                        /**
                         * @description CNPJ, numeric or alphanumeric, with or without punctuation
                         * @example 11222333000181
                         */
                        taxId: string;
                    };
                };
            };
            responses: {
                /** @description Changed, or equal already; with ETag and Location */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AcceptedCenter"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The center has another version */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send If-Match */
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/distribution-centers/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See how far a distribution center has got
         * @description One row per integration, also where nothing has happened yet (`waiting`).
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the center (UUID) */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The deliveries of the current version */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DistributionCenterDeliveries"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch what happens
         * @description Server-sent events `delivery`, `integration` and `redrive`, from now on.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The stream */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Too many requests */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/failure-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what fails, by cause
         * @description The causes with most deliveries first.
         */
        get: {
            parameters: {
                query?: {
                    integration?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All groups */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FailureGroups"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/failure-groups/{integration}/{cause}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say who looks after a failure, and what others should know
         * @description Replaces what was there. It stays while nothing fails for this cause, and is shown when it comes again.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The cause, as its group shows it */
                    cause: string;
                    /** @description Name of the integration */
                    integration: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What others should know of it */
                        note?: string | undefined;
                        /** @description Who looks after it */
                        owner?: string | undefined;
                    };
                };
            };
            responses: {
                /** @description As it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["FailureNote"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell which database this is
         * @description What somebody remembers of the centers holds for this database alone: an empty one has another identity.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The identity of the database */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DatabaseIdentity"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how every integration fares */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description All of them */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Integrations"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how one integration fares */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the integration */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The integration */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Integration"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{name}:check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a destination whether it is there
         * @description Connects and signs in, and looks for its target; nothing is delivered.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the integration */
                    name: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description What was found */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["IntegrationCheck"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{name}:pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause an integration
         * @description No calls until it is resumed; calls in flight finish. What the broker gives up meanwhile is kept.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the integration */
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; kept in the audit log */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The integration as it is now; again it changes nothing */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Integration"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/{name}:resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume an integration
         * @description What was kept meanwhile comes back by itself.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Name of the integration */
                    name: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why; kept in the audit log */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The integration as it is now; again it changes nothing */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Integration"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See who asks
         * @description The account that signed in and its roles; `local` with every role where nobody signs in.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Who asks */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Me"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redrives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List redrives
         * @description Newest first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items of one page; 50 unless said */
                    pageSize?: number | undefined;
                    /** @description `nextPageToken` of the page before */
                    pageToken?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RedrivePage"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Send deliveries again
         * @description At least one of `integration`, `cause` and `centerId`. Canary first, then 1, 2, 4, 8 ... up to the cap.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Only count, and show some
                         * @default false
                         */
                        dryRun?: boolean | undefined;
                        filter: components["schemas"]["RedriveFilterInput"];
                        /**
                         * @description Send delivered rows again too
                         * @default false
                         */
                        force?: boolean | undefined;
                        rampCap?: number | undefined;
                        ratePerSecond?: number | undefined;
                        /** @description Why; kept in the audit log */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description With `dryRun`: what it would send now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RedriveDryRun"];
                    };
                };
                /** @description It begins with the next sweep */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description The body is too large */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Send application/json */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redrives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how far a redrive has got */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the redrive */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The redrive */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redrives/{id}:cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a redrive for good
         * @description What is being sent finishes. Again it changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the redrive */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The redrive as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This redrive has ended */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redrives/{id}:pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a redrive
         * @description What is being sent finishes. Again it changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the redrive */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The redrive as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This redrive has ended */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/redrives/{id}:resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a paused redrive go on
         * @description What is being sent finishes. Again it changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of the redrive */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The redrive as it is now */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Redrive"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not found */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description This redrive has ended */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See one day in numbers
         * @description What the day brought, and how every delivery stands at `asOf`. Days are of UTC; today unless said.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A UTC date */
                    day?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The day */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DailyReport"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See everything in numbers
         * @description The sum over the states is what the integrations owe for the accepted centers, always.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The numbers */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Summary"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/unreadable-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages that cannot be decoded
         * @description Newest first; as they came.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Items of one page; 50 unless said */
                    pageSize?: number | undefined;
                    /** @description `nextPageToken` of the page before */
                    pageToken?: string | undefined;
                } | undefined;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description One page */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["UnreadableMessagePage"];
                    };
                };
                /** @description The request is not valid */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Sign in first */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not allowed */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description Not available right now */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptedCenter: {
            address: {
                city: string;
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                postalCode: string;
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            /** @enum {string} */
            publication: "published" | "pending";
            taxId: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        AcceptedCenterInput: {
            address: {
                city: string;
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                postalCode: string;
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            /** @enum {string} */
            publication: "published" | "pending";
            taxId: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        AuditEntry: {
            /** @enum {string} */
            action: "center.register" | "center.update" | "failure-group.note" | "integration.pause" | "integration.real" | "integration.resume" | "integration.retire" | "redrive.cancel" | "redrive.create" | "redrive.pause" | "redrive.resume";
            /** @description The verified caller, `local` where nobody signs in, or `system` */
            actor: string;
            /** Format: date-time */
            at: string;
            /** @description Empty for a registration and an update, which ask for none */
            reason: string;
            /** @description An integration, with its cause after a slash where one is meant; the id of a redrive; the id of a center, a slash, and its name */
            target: string;
        };
        AuditEntryInput: {
            /** @enum {string} */
            action: "center.register" | "center.update" | "failure-group.note" | "integration.pause" | "integration.real" | "integration.resume" | "integration.retire" | "redrive.cancel" | "redrive.create" | "redrive.pause" | "redrive.resume";
            /** @description The verified caller, `local` where nobody signs in, or `system` */
            actor: string;
            /** Format: date-time */
            at: string;
            /** @description Empty for a registration and an update, which ask for none */
            reason: string;
            /** @description An integration, with its cause after a slash where one is meant; the id of a redrive; the id of a center, a slash, and its name */
            target: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditEntry"][];
            nextPageToken?: string | undefined;
        };
        AuditPageInput: {
            items: components["schemas"]["AuditEntryInput"][];
            nextPageToken?: string | undefined;
        };
        DailyReport: {
            accepted: number;
            /** Format: date-time */
            asOf: string;
            /** @description Whether the states of every integration add up to what it owes */
            balanced: boolean;
            /** Format: date */
            day: string;
            integrations: {
                delivered: number;
                name: string;
                /** Format: date-time */
                oldestOpenAt?: string | undefined;
                /** @description Deliveries that there must be; counted apart from the states */
                owed: number;
                /** @description Of the delivered: nobody had taken them up, and the sweeper saw it */
                reconciled: number;
                /** @description Of the delivered: brought back by the sweeper after a failure */
                recovered: number;
                /** @description Of the delivered: a person asked for it */
                redriven: number;
                states: {
                    delivered: number;
                    delivering: number;
                    parked: number;
                    rejected: number;
                    retrying: number;
                    waiting: number;
                };
                /** @description Versions that a newer one took the place of before they were delivered */
                superseded: number;
            }[];
            openEvents: number;
            registered: number;
            updated: number;
        };
        DailyReportInput: {
            accepted: number;
            /** Format: date-time */
            asOf: string;
            /** @description Whether the states of every integration add up to what it owes */
            balanced: boolean;
            /** Format: date */
            day: string;
            integrations: {
                delivered: number;
                name: string;
                /** Format: date-time */
                oldestOpenAt?: string | undefined;
                /** @description Deliveries that there must be; counted apart from the states */
                owed: number;
                /** @description Of the delivered: nobody had taken them up, and the sweeper saw it */
                reconciled: number;
                /** @description Of the delivered: brought back by the sweeper after a failure */
                recovered: number;
                /** @description Of the delivered: a person asked for it */
                redriven: number;
                states: {
                    delivered: number;
                    delivering: number;
                    parked: number;
                    rejected: number;
                    retrying: number;
                    waiting: number;
                };
                /** @description Versions that a newer one took the place of before they were delivered */
                superseded: number;
            }[];
            openEvents: number;
            registered: number;
            updated: number;
        };
        DatabaseIdentity: {
            /** Format: uuid */
            database: string;
        };
        DatabaseIdentityInput: {
            /** Format: uuid */
            database: string;
        };
        Delivery: {
            attempts: number;
            centerId: string;
            deliveredVersion: number;
            externalId?: string | undefined;
            /** Format: date-time */
            firstAttemptAt?: string | undefined;
            history: {
                /** Format: date-time */
                at: string;
                cause?: string | undefined;
                durationMs: number;
                httpStatus?: number | undefined;
                /** @enum {string} */
                result: "delivered" | "transient" | "misconfigured" | "rejected" | "unknown";
                /**
                 * @description A simulator answered, not the system
                 * @constant
                 */
                simulated?: true | undefined;
                trigger: string;
                version: number;
            }[];
            integration: string;
            /** Format: date-time */
            lastAttemptAt?: string | undefined;
            lastFailure?: {
                /** Format: date-time */
                at: string;
                cause: string;
                httpStatus?: number | undefined;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /** Format: date-time */
            nextAttemptAt?: string | undefined;
            /** Format: date-time */
            notBefore?: string | undefined;
            /** Format: date-time */
            parkedAt?: string | undefined;
            /**
             * @description The newest outcome is a simulator’s: the system itself has nothing of it
             * @constant
             */
            simulated?: true | undefined;
            /** @enum {string} */
            state: "waiting" | "delivering" | "retrying" | "parked" | "rejected" | "delivered";
            version: number;
        };
        DeliveryInput: {
            attempts: number;
            centerId: string;
            deliveredVersion: number;
            externalId?: string | undefined;
            /** Format: date-time */
            firstAttemptAt?: string | undefined;
            history: {
                /** Format: date-time */
                at: string;
                cause?: string | undefined;
                durationMs: number;
                httpStatus?: number | undefined;
                /** @enum {string} */
                result: "delivered" | "transient" | "misconfigured" | "rejected" | "unknown";
                /**
                 * @description A simulator answered, not the system
                 * @constant
                 */
                simulated?: true | undefined;
                trigger: string;
                version: number;
            }[];
            integration: string;
            /** Format: date-time */
            lastAttemptAt?: string | undefined;
            lastFailure?: {
                /** Format: date-time */
                at: string;
                cause: string;
                httpStatus?: number | undefined;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /** Format: date-time */
            nextAttemptAt?: string | undefined;
            /** Format: date-time */
            notBefore?: string | undefined;
            /** Format: date-time */
            parkedAt?: string | undefined;
            /**
             * @description The newest outcome is a simulator’s: the system itself has nothing of it
             * @constant
             */
            simulated?: true | undefined;
            /** @enum {string} */
            state: "waiting" | "delivering" | "retrying" | "parked" | "rejected" | "delivered";
            version: number;
        };
        DeliveryPage: {
            items: components["schemas"]["Delivery"][];
            nextPageToken?: string | undefined;
        };
        DeliveryPageInput: {
            items: components["schemas"]["DeliveryInput"][];
            nextPageToken?: string | undefined;
        };
        DistributionCenter: {
            address: {
                city: string;
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                postalCode: string;
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            taxId: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        DistributionCenterDeliveries: {
            items: components["schemas"]["Delivery"][];
        };
        DistributionCenterDeliveriesInput: {
            items: components["schemas"]["DeliveryInput"][];
        };
        DistributionCenterInput: {
            address: {
                city: string;
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                postalCode: string;
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            /** Format: date-time */
            createdAt: string;
            /** Format: uuid */
            id: string;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            taxId: string;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        DistributionCenterPage: {
            items: components["schemas"]["DistributionCenter"][];
            nextPageToken?: string | undefined;
        };
        DistributionCenterPageInput: {
            items: components["schemas"]["DistributionCenterInput"][];
            nextPageToken?: string | undefined;
        };
        FailureGroup: {
            cause: string;
            count: number;
            /** Format: date-time */
            firstAt: string;
            integration: string;
            /** @enum {string} */
            kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
            /** Format: date-time */
            lastAt: string;
            note?: string | undefined;
            owner?: string | undefined;
            sample: {
                centerId: string;
                message: string;
            };
        };
        FailureGroupInput: {
            cause: string;
            count: number;
            /** Format: date-time */
            firstAt: string;
            integration: string;
            /** @enum {string} */
            kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
            /** Format: date-time */
            lastAt: string;
            note?: string | undefined;
            owner?: string | undefined;
            sample: {
                centerId: string;
                message: string;
            };
        };
        FailureGroups: {
            items: components["schemas"]["FailureGroup"][];
        };
        FailureGroupsInput: {
            items: components["schemas"]["FailureGroupInput"][];
        };
        FailureNote: {
            cause: string;
            integration: string;
            /** @description What others should know of it */
            note?: string | undefined;
            /** @description Who looks after it */
            owner?: string | undefined;
        };
        FailureNoteInput: {
            cause: string;
            integration: string;
            /** @description What others should know of it */
            note?: string | undefined;
            /** @description Who looks after it */
            owner?: string | undefined;
        };
        Integration: {
            /** Format: date-time */
            asOf: string;
            /** @description The centers from before the integration, until it has them */
            backfill?: {
                /**
                 * Format: date-time
                 * @description When it began; an estimate while it is planned
                 */
                beginsAt: string;
                /** @description Centers that it brings */
                count: number;
                /** @description At most */
                ratePerSecond: number;
                redriveId?: string | undefined;
                remaining: number;
                /** @enum {string} */
                state: "planned" | "running" | "paused";
            } | undefined;
            /** @description Centers from before `since` that are not its own; a redrive with state `waiting` brings them */
            beforeSince?: number | undefined;
            counts: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            };
            /** @description How people call it */
            displayName: string;
            /** @enum {string} */
            health: "healthy" | "failing" | "down" | "recovering" | "paused";
            horizonHours: number;
            /**
             * @description By code, or the kind of a destination by configuration
             * @enum {string}
             */
            kind: "code" | "webhook" | "rabbitmq" | "kafka" | "sns" | "sqs" | "pubsub";
            lastFailure?: {
                /** Format: date-time */
                at: string;
                cause: string;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /** Format: date-time */
            lastFailureAt?: string | undefined;
            /** Format: date-time */
            lastSuccessAt?: string | undefined;
            name: string;
            /** Format: date-time */
            oldestUndeliveredAt?: string | undefined;
            paused?: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string;
            } | undefined;
            recovery?: {
                /** Format: date-time */
                nextAt: string;
                /** @enum {string} */
                phase: "canary" | "ramp";
                window: number;
            } | undefined;
            /**
             * @description A simulator takes its deliveries, because no address of the system is configured
             * @constant
             */
            simulated?: true | undefined;
            /** Format: date-time */
            since?: string | undefined;
            /** @description Where a destination by configuration is, in one line without secrets */
            target?: string | undefined;
        };
        IntegrationCheck: {
            failure?: {
                cause: string;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /**
             * @description `unchecked`: its kind has no such question, or this process does not call it
             * @enum {string}
             */
            state: "there" | "failing" | "unchecked";
        };
        IntegrationCheckInput: {
            failure?: {
                cause: string;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /**
             * @description `unchecked`: its kind has no such question, or this process does not call it
             * @enum {string}
             */
            state: "there" | "failing" | "unchecked";
        };
        IntegrationInput: {
            /** Format: date-time */
            asOf: string;
            /** @description The centers from before the integration, until it has them */
            backfill?: {
                /**
                 * Format: date-time
                 * @description When it began; an estimate while it is planned
                 */
                beginsAt: string;
                /** @description Centers that it brings */
                count: number;
                /** @description At most */
                ratePerSecond: number;
                redriveId?: string | undefined;
                remaining: number;
                /** @enum {string} */
                state: "planned" | "running" | "paused";
            } | undefined;
            /** @description Centers from before `since` that are not its own; a redrive with state `waiting` brings them */
            beforeSince?: number | undefined;
            counts: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            };
            /** @description How people call it */
            displayName: string;
            /** @enum {string} */
            health: "healthy" | "failing" | "down" | "recovering" | "paused";
            horizonHours: number;
            /**
             * @description By code, or the kind of a destination by configuration
             * @enum {string}
             */
            kind: "code" | "webhook" | "rabbitmq" | "kafka" | "sns" | "sqs" | "pubsub";
            lastFailure?: {
                /** Format: date-time */
                at: string;
                cause: string;
                /** @enum {string} */
                kind: "transient" | "misconfigured" | "rejected" | "unknown" | "held";
                message: string;
            } | undefined;
            /** Format: date-time */
            lastFailureAt?: string | undefined;
            /** Format: date-time */
            lastSuccessAt?: string | undefined;
            name: string;
            /** Format: date-time */
            oldestUndeliveredAt?: string | undefined;
            paused?: {
                /** Format: date-time */
                at: string;
                by: string;
                reason: string;
            } | undefined;
            recovery?: {
                /** Format: date-time */
                nextAt: string;
                /** @enum {string} */
                phase: "canary" | "ramp";
                window: number;
            } | undefined;
            /**
             * @description A simulator takes its deliveries, because no address of the system is configured
             * @constant
             */
            simulated?: true | undefined;
            /** Format: date-time */
            since?: string | undefined;
            /** @description Where a destination by configuration is, in one line without secrets */
            target?: string | undefined;
        };
        Integrations: {
            items: components["schemas"]["Integration"][];
        };
        IntegrationsInput: {
            items: components["schemas"]["IntegrationInput"][];
        };
        /** @description Who asks, and what they may do */
        Me: {
            id: string;
            roles: ("read" | "register" | "operate")[];
            signedIn: boolean;
        };
        /** @description Who asks, and what they may do */
        MeInput: {
            id: string;
            roles: ("read" | "register" | "operate")[];
            signedIn: boolean;
        };
        Problem: {
            detail?: string | undefined;
            errors?: {
                detail: string;
                pointer: string;
            }[] | undefined;
            existing?: {
                href: string;
                id: string;
                version: number;
            } | undefined;
            instance?: string | undefined;
            status: number;
            title: string;
            type: string;
        };
        ProblemInput: {
            detail?: string | undefined;
            errors?: {
                detail: string;
                pointer: string;
            }[] | undefined;
            existing?: {
                href: string;
                id: string;
                version: number;
            } | undefined;
            instance?: string | undefined;
            status: number;
            title: string;
            type: string;
        };
        RecentAttempts: {
            items: {
                integration: string;
                minutes: {
                    /** Format: date-time */
                    at: string;
                    delivered: number;
                    failed: number;
                }[];
            }[];
        };
        RecentAttemptsInput: {
            items: {
                integration: string;
                minutes: {
                    /** Format: date-time */
                    at: string;
                    delivered: number;
                    failed: number;
                }[];
            }[];
        };
        Redrive: {
            /** Format: date-time */
            createdAt: string;
            delivered: number;
            failed: number;
            filter: components["schemas"]["RedriveFilter"];
            force: boolean;
            id: string;
            inFlight: number;
            /** @description There may be more than `total`: not all have been looked at yet */
            more: boolean;
            /** @enum {string} */
            phase: "canary" | "ramp";
            reason: string;
            remaining: number;
            requestedBy: string;
            skipped: number;
            /** @enum {string} */
            state: "running" | "paused" | "cancelled" | "done";
            total: number;
        };
        RedriveDryRun: {
            /** @description Where `count` is 0: centers from before `since`, which only the state `waiting` means */
            beforeSince?: number | undefined;
            count: number;
            /** @description There are more than `count`, which stops at 1,000 */
            more: boolean;
            sample: components["schemas"]["Delivery"][];
            /** @description Where `count` is 0: in which states the deliveries are that the filter means but for its states */
            stateCounts?: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            } | undefined;
        };
        RedriveDryRunInput: {
            /** @description Where `count` is 0: centers from before `since`, which only the state `waiting` means */
            beforeSince?: number | undefined;
            count: number;
            /** @description There are more than `count`, which stops at 1,000 */
            more: boolean;
            sample: components["schemas"]["DeliveryInput"][];
            /** @description Where `count` is 0: in which states the deliveries are that the filter means but for its states */
            stateCounts?: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            } | undefined;
        };
        RedriveFilter: {
            cause?: string | undefined;
            /** Format: uuid */
            centerId?: string | undefined;
            integration?: string | undefined;
            /** @enum {string} */
            kind?: ("transient" | "misconfigured" | "rejected" | "unknown" | "held") | undefined;
            q?: string | undefined;
            /** Format: date-time */
            since?: string | undefined;
            states?: ("waiting" | "delivering" | "retrying" | "parked" | "rejected" | "delivered")[] | undefined;
            /** Format: date-time */
            until?: string | undefined;
        };
        RedriveFilterInput: {
            cause?: string | undefined;
            /** Format: uuid */
            centerId?: string | undefined;
            integration?: string | undefined;
            /** @enum {string} */
            kind?: ("transient" | "misconfigured" | "rejected" | "unknown" | "held") | undefined;
            q?: string | undefined;
            /** Format: date-time */
            since?: string | undefined;
            states?: ("waiting" | "delivering" | "retrying" | "parked" | "rejected" | "delivered")[] | undefined;
            /** Format: date-time */
            until?: string | undefined;
        };
        RedriveInput: {
            /** Format: date-time */
            createdAt: string;
            delivered: number;
            failed: number;
            filter: components["schemas"]["RedriveFilterInput"];
            force: boolean;
            id: string;
            inFlight: number;
            /** @description There may be more than `total`: not all have been looked at yet */
            more: boolean;
            /** @enum {string} */
            phase: "canary" | "ramp";
            reason: string;
            remaining: number;
            requestedBy: string;
            skipped: number;
            /** @enum {string} */
            state: "running" | "paused" | "cancelled" | "done";
            total: number;
        };
        RedrivePage: {
            items: components["schemas"]["Redrive"][];
            nextPageToken?: string | undefined;
        };
        RedrivePageInput: {
            items: components["schemas"]["RedriveInput"][];
            nextPageToken?: string | undefined;
        };
        Registration: {
            address: {
                city: string;
                /**
                 * @description IBGE municipality code
                 * @example 3509205
                 */
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                /**
                 * @description CEP, with or without dash
                 * @example 07786000
                 */
                postalCode: string;
                /**
                 * @description UF, in either case
                 * @example SP
                 */
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                /** Format: email */
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            /**
             * @description CNPJ, numeric or alphanumeric, with or without punctuation
             * @example 11222333000181
             */
            taxId: string;
        };
        RegistrationInput: {
            address: {
                city: string;
                /**
                 * @description IBGE municipality code
                 * @example 3509205
                 */
                cityCode: string;
                complement?: string | undefined;
                district: string;
                number: string;
                /**
                 * @description CEP, with or without dash
                 * @example 07786000
                 */
                postalCode: string;
                /**
                 * @description UF, in either case
                 * @example SP
                 */
                state: string;
                street: string;
            };
            code?: string | undefined;
            contact?: {
                /** Format: email */
                email?: string | undefined;
                name?: string | undefined;
                phone?: string | undefined;
            } | undefined;
            location?: {
                latitude: number;
                longitude: number;
            } | undefined;
            name: string;
            /**
             * @description CNPJ, numeric or alphanumeric, with or without punctuation
             * @example 11222333000181
             */
            taxId: string;
        };
        Summary: {
            accepted: number;
            /** Format: date-time */
            asOf: string;
            deliveries: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            };
            openEvents: number;
        };
        SummaryInput: {
            accepted: number;
            /** Format: date-time */
            asOf: string;
            deliveries: {
                delivered: number;
                delivering: number;
                parked: number;
                rejected: number;
                retrying: number;
                waiting: number;
            };
            openEvents: number;
        };
        UnreadableMessage: {
            attributes: {
                [key: string]: string;
            };
            data: string;
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            subscription: string;
        };
        UnreadableMessageInput: {
            attributes: {
                [key: string]: string;
            };
            data: string;
            reason: string;
            /** Format: date-time */
            receivedAt: string;
            subscription: string;
        };
        UnreadableMessagePage: {
            items: components["schemas"]["UnreadableMessage"][];
            nextPageToken?: string | undefined;
        };
        UnreadableMessagePageInput: {
            items: components["schemas"]["UnreadableMessageInput"][];
            nextPageToken?: string | undefined;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
