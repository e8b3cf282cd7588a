// The staff edition of the example in a real Chromium. A file for each edition: they run side by side.

import { lookAt } from "./look.js";

lookAt("staff");
