// The public edition of the example in a real Chromium. A file for each edition: they run side by side.

import { canSee, lookAt } from "./look.js";

lookAt("public");
canSee();
