// Run once, when the volume is empty: whom the bot is to MongoDB. It reaches its own books, no more.
db.getSiblingDB("arhtiya").createUser({
  user: "arhtiya",
  pwd: process.env.MONGODB_PASSWORD,
  roles: [{ role: "readWrite", db: "arhtiya" }],
});
