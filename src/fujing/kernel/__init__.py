"""What every system of this kind needs and no police word is in."""
