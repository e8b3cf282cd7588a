//! Floor 3: findings → terminal, plain lines, JSON.
